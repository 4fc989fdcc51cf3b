# What methods return in scalar and in list context, and how nothing, truth and references come back.
use strict;
use warnings;
use Test::More;
use TestSession;

my $session = TestSession->new($ENV{APTEST_SUITE});
$session->selector('area', 'Editor');
is($session->selectTests, 6, 'six tests of the editor');

my @ids = $session->testList;
is(scalar(@ids), 6, 'a list in list context');
my $count = $session->testList;
is($count, 6, 'its length in scalar context');
is($ids[0], 'Editor.dir/Undo.bts', 'ids are in full form, in the order of the suite');
my ($staff, $clock) = $session->plannedtimes;
is_deeply([ $staff, $clock ], [ 2100, 2900 ], 'planned times are two numbers');

$session->variable('browsers', [ 'Opera', 'Firefox' ]);
my @browsers = $session->variable('browsers');
is_deeply(\@browsers, [ 'Opera', 'Firefox' ], 'a multiple variable is a list');
is(scalar($session->variable('browsers')), 'Opera,Firefox', 'and one text in scalar context');
is(scalar($session->variable('build')), undef, 'a variable that was never set is undef');
my @nothing = $session->tcById('No/Such_Test');
is_deeply(\@nothing, [undef], 'undef is one value in list context, as the manual returns it');

is($session->notified, 0, 'false is 0');
is($session->notified(1), 1, 'true is 1');
is($session->refreshable, 1, 'refreshable is true from the start');
is($session->locked, 0, 'a number is a number');

is(ref $session->fieldOrder, 'ARRAY', 'fieldOrder gives a reference');
is(ref $session->selector, 'HASH', 'so do all selectors');
is(ref $session->disabled, 'HASH', 'and the disabled tests');
is(ref $session->results, 'ARRAY', 'and the results of the suite');
is_deeply([ $session->resList($session->results) ], [ map { $_->{code} } @{ $session->results } ],
    'a reference to results can be given back');
like($session->buildSelectorTable(undef, 0, 1), qr/RUNDATA_results/, 'flags stand in the places of the manual');
unlike($session->buildSelectorTable(undef, 0, 1, 1, 1), qr/RUNDATA_/, 'and are told by truth');
like($session->generateMarkup(0, '<% summary %>', 1, 0), qr/^Each step/, 'a template is filled');

$session->runSelector('results', { values => [ 'fail', 'blocked' ], isCS => 0, isRE => 0 });
is_deeply($session->runSelector('results')->{values}, [ 'fail', 'blocked' ], 'a whole selector is taken as it is');

$session->save(1, 'new');
$session->testCase(0, { buildnumber => '113' });
is($session->testCase(0)->{buildnumber}, '113', 'an attribute is set');
$session->testCase(0, { buildnumber => undef });
ok(!exists $session->testCase(0)->{buildnumber}, 'undef takes it away');

my $wrapped = $session->fieldEntryWrap(0, 'results', 'fail', '', sub { "<b title='$_[0]'>$_[1]</b>" });
like($wrapped, qr{<b title='results'>}, 'a code reference wraps each value');

my $copy = TestSession->new($ENV{APTEST_SUITE});
$copy->copy($session);
is($copy->numtests, 6, 'a session can be given to a method of another one');
ok(!defined $copy->sessionId, 'the copy has no number yet');

done_testing;
