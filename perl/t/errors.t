# What goes wrong dies in the line of the program, with the reason.
use strict;
use warnings;
use Test::More;
use TestSession;

my $dies = sub {
    my ($work, $like, $what) = @_;
    ok(!eval { $work->(); 1 }, $what);
    like($@, $like, "$what: the reason");
    like($@, qr/errors\.t line \d+/, "$what: the line");
};

$dies->(sub { TestSession->new('No_Such_Suite') }, qr/suite/i, 'an unknown suite');
$dies->(sub { TestSession->new($ENV{APTEST_SUITE}, 99999) }, qr/session/i, 'an unknown session');

my $session = TestSession->new($ENV{APTEST_SUITE});
$dies->(sub { $session->locked(3) }, qr/locked/, 'a lock level that does not exist');
$dies->(sub { $session->runmode('backwards') }, qr/run ?mode/i, 'an unknown run mode');
$dies->(sub { $session->variable('nothing', 1) }, qr/nothing/, 'an unknown variable');
$dies->(sub { $session->numtests('many') }, qr/numtests/, 'a text where a number belongs');
$dies->(sub { $session->_call('reboot', 0) }, qr/reboot/, 'a method that does not exist');

my $read_only = TestSession->new($ENV{APTEST_SUITE}, 1);
$dies->(sub { $read_only->description('x') }, qr/writ|read/i, 'a session opened for reading');

$session->selectTests;
$session->save(1, 'new');
ok($session->release, 'a session can be released');

TestSession::Remote->connect(url => 'http://127.0.0.1:9');
$dies->(sub { TestSession->new('Example') }, qr/No twin answers at/, 'no twin');

done_testing;
