package TestSession::Field;

use strict;
use warnings;

use TestSession::Remote;

our $VERSION = '0.1.0';

my %gives_list = map { $_ => 1 } qw(valuesList descs);

my @methods = qw(
    asHtml label prompt size sizeAsHtml style type varName valuesList descs getFlags isList isRange isDate
);

for my $name (@methods) {
    no strict 'refs';
    *{$name} = sub { my $self = shift; return $self->_call($name, wantarray, @_) };
}

sub methods { return @methods }

# A field by its name alone: plain text, with the defaults of the manual.
sub new {
    my ($class, $name) = @_;
    return bless { name => $name, remote => TestSession::Remote->shared }, $class;
}

# A field of a session. The session lives as long as its fields do.
sub _of_session {
    my ($class, $name, $remote, $handle, $session) = @_;
    return bless { name => $name, remote => $remote, handle => $handle, session => $session }, $class;
}

sub name { return $_[0]{name} }

sub _call {
    my ($self, $method, $is_list, @args) = @_;
    my $result = $self->{remote}->call($self->{handle}, $method, \@args, $self->{name});
    if ($gives_list{$method}) {
        return $is_list ? () : undef if !defined $result;
        return @$result;
    }
    if (ref $result eq 'ARRAY') { return $is_list ? @$result : $result->[0] }
    return $result;
}

1;

__END__

=encoding utf8

=head1 NAME

TestSession::Field - an execution field, answered by a running Twintrack

=head1 SYNOPSIS

    my $field = $session->field('results');
    my @codes = $field->valuesList;

    my $plain = new TestSession::Field('remark');    # text, labelled by its name

=head1 DESCRIPTION

The methods of the manual's C<TestSession::Field> under its names. See L<TestSession> for contexts and errors.

=cut
