# Every method is there under its name.
use strict;
use warnings;
use Test::More;
use TestSession;

for my $class (qw(TestSession TestSession::Field)) {
    my %seen;
    ok(!$seen{$_}++, "$class->$_ is listed once") for $class->methods;
    can_ok($class, 'new', $class->methods);
}

done_testing;
