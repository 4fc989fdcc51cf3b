# Calls the methods that it reads, one a line as JSON, in list context, and writes the list that each gave.
use strict;
use warnings;
use JSON::PP;
use TestSession;

my $json = JSON::PP->new->utf8->allow_nonref->canonical;
my $session = new TestSession('Example', 57, 1);
while (my $line = <STDIN>) {
    my $step = $json->decode($line);
    my ($method, @args) = ($step->{method}, map { referred($_) } @{ $step->{args} });
    my $callee = defined $step->{field} ? $session->field($step->{field}) : $session;
    my @list = $callee->$method(@args);
    print $json->encode([ map { ref eq 'TestSession::Field' ? $_->name : $_ } @list ]), "\n";
}

sub referred {
    my ($arg) = @_;
    return $arg if ref $arg ne 'HASH';
    return sub { "[$_[0]=$_[1]]" } if exists $arg->{'$function'};
    return $session->field($arg->{'$field'}) if exists $arg->{'$field'};
    return $arg;
}
