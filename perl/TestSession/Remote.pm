package TestSession::Remote;

use strict;
use warnings;

use Carp ();
use HTTP::Tiny;
use JSON::PP ();
use Scalar::Util ();

our $VERSION = '0.1.0';

# Errors are the caller's: they name the line of the program, not one of these modules.
our @CARP_NOT = qw(TestSession TestSession::Field);

my $json = JSON::PP->new->utf8->allow_nonref->canonical;
my $shared;

# The twin that all sessions of this program are of.
sub shared { return $shared ||= TestSession::Remote->_from({}) }

# Says which twin, before the first session: url, token, suite, user. What is left out comes from the environment.
sub connect {
    my ($class, %given) = @_;
    return $shared = $class->_from(\%given);
}

sub _from {
    my ($class, $given) = @_;
    my $value = sub {
        for my $each ($given->{ $_[0] }, map { $ENV{$_} } @_[ 1 .. $#_ ]) {
            return $each if defined $each && $each ne '';
        }
        return undef;
    };
    my $url = $value->('url', 'TWINTRACK_URL') || 'http://127.0.0.1:8080';
    $url =~ s{/+\z}{};
    return bless {
        url   => $url,
        token => $value->('token', 'TWINTRACK_ADMIN_TOKEN'),
        suite => $value->('suite', 'APTEST_SUITE'),
        user  => $value->('user', 'APTEST_USER'),
        http  => HTTP::Tiny->new(agent => "TestSession.pm/$VERSION", timeout => 60, keep_alive => 1),
    }, $class;
}

# One method of a session or of one of its fields. Gives the result as Perl data.
sub call {
    my ($self, $handle, $method, $args, $field) = @_;
    my @functions;
    my $answer = $self->request({
        method => $method,
        args   => [ map { _argument($_, \@functions) } @$args ],
        (defined $handle ? (handle => $handle) : ()),
        (defined $field  ? (field  => $field)  : ()),
    });
    my $result = plain($answer->{result});
    for my $call (@{ $answer->{calls} || [] }) {
        my $text = $functions[ $call->{function} ]->(map { plain($_) } @{ $call->{args} });
        $text = '' if !defined $text;
        $result =~ s/\Q$call->{mark}\E/$text/g;
    }
    return $result;
}

sub close {
    my ($self, $handle) = @_;
    $self->request({ method => 'DESTROY', args => [], handle => $handle });
    return;
}

# Sends one request. Dies in the name of the caller when the twin refuses it or cannot be reached.
sub request {
    my ($self, $body) = @_;
    my %sent = %$body;
    if ($sent{method} eq 'new') {
        for my $name (qw(suite user)) {
            $sent{$name} = $self->{$name} if !defined $sent{$name} && defined $self->{$name};
        }
    }
    my $answer = $self->{http}->post("$self->{url}/__admin/aptest/session", {
        content => $json->encode(\%sent),
        headers => {
            'content-type' => 'application/json',
            (defined $self->{token} ? (authorization => "Bearer $self->{token}") : ()),
        },
    });
    if ($answer->{status} == 599) {
        my $reason = $answer->{content};
        $reason =~ s/\s+\z//;
        Carp::croak("No twin answers at $self->{url} ($reason). Start one, or set TWINTRACK_URL");
    }
    my $data = eval { $json->decode($answer->{content}) };
    return $data if $answer->{success} && ref $data eq 'HASH';
    my $sentence = ref $data eq 'HASH' && defined $data->{error} ? $data->{error} : "status $answer->{status}";
    my $hint = ref $data eq 'HASH' && defined $data->{hint} ? " ($data->{hint})" : '';
    Carp::croak("$sent{method}: $sentence$hint");
}

# An argument as JSON data. Objects and functions have no JSON form, so they are named.
sub _argument {
    my ($value, $functions) = @_;
    return undef if !defined $value;
    if (ref $value eq 'CODE') {
        push @$functions, $value;
        return { '$function' => $#$functions };
    }
    if (Scalar::Util::blessed($value)) {
        return { '$session' => $value->{handle} } if $value->isa('TestSession');
        return { '$field'   => $value->{name} }   if $value->isa('TestSession::Field');
        return $value;
    }
    return [ map { _argument($_, $functions) } @$value ] if ref $value eq 'ARRAY';
    return { map { $_ => _argument($value->{$_}, $functions) } keys %$value } if ref $value eq 'HASH';
    return $value;
}

# JSON data as plain Perl data: truth is 1 or 0.
sub plain {
    my ($value) = @_;
    return $value ? 1 : 0 if JSON::PP::is_bool($value);
    return [ map { plain($_) } @$value ] if ref $value eq 'ARRAY';
    return { map { $_ => plain($value->{$_}) } keys %$value } if ref $value eq 'HASH';
    return $value;
}

1;

__END__

=encoding utf8

=head1 NAME

TestSession::Remote - the way from TestSession to a running Twintrack

=head1 SYNOPSIS

    TestSession::Remote->connect(url => 'http://127.0.0.1:8080/w/checkout', user => 'lake');

=head1 DESCRIPTION

Holds the address, the token and the account that L<TestSession> works with, and sends its calls.

=cut
