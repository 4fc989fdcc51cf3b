# The calls of the manual's two synopses, in their order and with their arguments, without `use strict` as there.
use Test::More;
use TestSession;

my $suite = $ENV{APTEST_SUITE};

# A sample session from the suite in brackets, as the manual prints an argument that may be left out.
my $session = new TestSession([$suite]);
isa_ok($session, 'TestSession');
is($session->description("A sample session"), 'A sample session', 'a description is set');
$session->selector("TestType", "smoke");
is($session->selectTests(), 6, 'the tests of a type are selected');
my $variables = $session->setVariables(1);
is($variables->{os}, 'Linux', 'variables get their defaults');
$session->variable("email_address", "username\@example.com");
my $sessId = $session->save(1, "new");
like($sessId, qr/\A00\d{3}\z/, 'the session gets the next number');

$sess = undef;

my $sess = new TestSession($suite, $session);
is($sess->sessionId, $sessId, 'a session can be named by the object that has it');
my $desc = $session->description();
is($desc, 'A sample session', 'its description is read');
my $numtests = $session->numtests();
is($numtests, 6, 'its number of tests is read');
my $selectors = $session->selector();
is_deeply($selectors->{TestType}{values}, ['smoke'], 'all selectors come as a hash');

# The second one: several values for a selector, and a save without DBM.
$session = new TestSession($suite);
$session->selector("Version", "2");
$session->selector("TestType", ["smoke", "stress", "functional"]);
my $numTests = $session->selectTests();
is($numTests, 8, 'selectors of several fields must all hold');
$session->setVariables();
$session->description("My test session");
my $second = $session->save(undef, "new");
is($second, sprintf('%05d', $sessId + 1), 'numbers follow one another');

done_testing;
