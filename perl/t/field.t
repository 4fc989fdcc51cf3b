# TestSession::Field, of a session and by a name alone.
use strict;
use warnings;
use Test::More;
use TestSession;

my $session = TestSession->new($ENV{APTEST_SUITE});
my $fields = $session->field;
ok(exists $fields->{$_}, "the session has the field $_") for qw(results note browser severity);
is($session->field('nothing'), undef, 'an unknown field is undef');

my $browser = $session->field('browser');
isa_ok($browser, 'TestSession::Field');
is($browser->label, 'Browsers', 'label');
is($browser->prompt, 'Browsers', 'the prompt falls back to the label');
is($browser->type, 'list', 'type');
is($browser->style, 'multiple', 'style');
is($browser->isList, 1, 'isList');
is($browser->isRange, 0, 'isRange');
is($browser->isDate, 0, 'isDate');
is_deeply([ $browser->valuesList ], [qw(Firefox Opera Safari MSIE)], 'valuesList');
is_deeply([ $browser->descs ], [qw(Firefox Opera Safari MSIE)], 'descs stand for missing ones');
is($browser->asHtml([ 'Opera', 'MSIE' ]), 'Opera, MSIE', 'asHtml');
is($browser->varName, 'browser', 'varName');
like($browser->sizeAsHtml(2), qr/size="2"/, 'sizeAsHtml');

my ($rows, $columns) = $session->field('note')->size;
ok($rows > 0 && $columns > 0, 'a text area has rows and columns');
is(scalar($session->field('note')->size), $rows, 'and in scalar context its rows');

my $plain = new TestSession::Field('remark');
is($plain->label, 'remark', 'without a label the name');
is($plain->type, 'text', 'without a type text');
is($plain->style, 'text', 'without a style text');
is_deeply([ $plain->valuesList ], [], 'no list');
is(scalar($plain->valuesList), undef, 'undef in scalar context');
is($plain->getFlags, '', 'no flags');

done_testing;
