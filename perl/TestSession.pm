package TestSession;

use strict;
use warnings;

use Scalar::Util ();
use TestSession::Field;
use TestSession::Remote;

our $VERSION = '0.1.0';

# What a method gives. Everything else gives one value, in every context.
my %gives_list = map { $_ => 1 } qw(
    flist multiLists plannedtimes resList selectableList settableList sortedFlist
    SQL_tableDef SQL_tableFields SQL_tlist testList testUUIDList userList visibleList
);

# One value in scalar context, all of its values in list context.
my %gives_values = map { $_ => 1 } qw(variable defaultVariable dbdata);

# The manual's methods, in its order. Each becomes a subroutine, so that `can` tells the truth.
my @methods = qw(
    rundata path plannedtimes results saveAsText save populate print clear copy countTests currTest
    currTestStatus field fieldEntryWrap fieldEntryVar fieldEntry fieldOrder buildSelectorTable
    fieldSelection flist sortedFlist generateMarkup id displayId isActive refresh resList testList
    testUUIDList selDesc selectableList sizeOf suffix typeOf updateIDs userList addTest deleteTest
    disableTest inserTest insertTest insertTests enddateplanned enddatewindow startdateplanned
    startdatewindow enddateactual startdateactual description disabled lastTest locked mtime multiLists
    ctime assignedto summary testset SQL_deleteTestInstance SQL_tlist SQL_tname SQL_updateTestInstance
    SQL_insertMulti SQL_tableDef SQL_tableFields SQL_createTable SQL_drop SQL_initialze SQL_initialize
    SQL_type SQL_value tcById tcByUUID note noteText notesText numtests numUntested notified result
    runData tpno runmode runSelector selector agentSelector selectTests orAmongFields searchAndReplace
    idsAsStrings setVariables sortKeys arrange suiteDir sync testCase profName cacheDB reordered
    refreshable updateSuiteDB currentUser user sessionId variable variableTable visibleList settableList
    defaultVariable calcVariables dbdata dbdelete stringMatch javaScriptDependencies runDataDefaults
);

for my $name (@methods) {
    no strict 'refs';
    *{$name} = sub { my $self = shift; return $self->_call($name, wantarray, @_) };
}

sub methods { return @methods }

sub new {
    my ($class, $suite, $session, $writable, $timeout) = @_;
    # The synopsis shows the optional suite in brackets, and Perl reads these as a list.
    $suite = $suite->[0] if ref $suite eq 'ARRAY';
    # "An existing session" may be given as its number or as the object that has it.
    $session = $session->sessionId if Scalar::Util::blessed($session) && $session->isa(__PACKAGE__);

    my $remote = TestSession::Remote->shared;
    my @args = ($session, $writable, $timeout);
    pop @args while @args && !defined $args[-1];
    my $answer = $remote->request({
        method => 'new',
        args   => [ map { defined $_ ? TestSession::Remote::plain($_) : undef } @args ],
        (defined $suite ? (suite => "$suite") : ()),
    });
    return bless { remote => $remote, handle => $answer->{handle} }, $class;
}

sub release {
    my ($self) = @_;
    return undef if !defined $self->{handle};
    return $self->_call('release', 0);
}

sub DESTROY {
    my ($self) = @_;
    return if !defined $self->{handle} || ${^GLOBAL_PHASE} eq 'DESTRUCT' && !$self->{remote};
    local ($@, $!, $?);
    # The twin forgets handles by itself as well; a program that ends must not fail here.
    eval { $self->{remote}->close($self->{handle}); 1 };
    return;
}

sub _call {
    my ($self, $method, $is_list, @args) = @_;
    my $answer = $self->{remote}->call($self->{handle}, $method, \@args);
    return $self->_given($method, $is_list, $answer);
}

# The result of a method as the manual says it is returned.
sub _given {
    my ($self, $method, $is_list, $result) = @_;
    if ($method eq 'field') { return $self->_fields($result) }
    if ($gives_list{$method}) {
        my @list = ref $result eq 'ARRAY' ? @$result : ();
        return @list;
    }
    if ($gives_values{$method} && ref $result eq 'ARRAY') {
        return $is_list ? @$result : join ',', @$result;
    }
    if ($method eq 'sizeOf' && ref $result eq 'ARRAY') { return $is_list ? @$result : $result->[0] }
    return $result;
}

# `field` gives the descriptors of one field, or of all of them by name.
sub _fields {
    my ($self, $result) = @_;
    return undef if !defined $result;
    return { map { $_ => $self->_field($_) } @$result } if ref $result eq 'ARRAY';
    return $self->_field($result);
}

sub _field {
    my ($self, $name) = @_;
    return TestSession::Field->_of_session($name, $self->{remote}, $self->{handle}, $self);
}

1;

__END__

=encoding utf8

=head1 NAME

TestSession - ApTest Manager's session object, answered by a running Twintrack

=head1 SYNOPSIS

    TWINTRACK_URL=http://127.0.0.1:8080 APTEST_USER=lake perl -Iperl my_program.pl

    use TestSession;

    my $session = new TestSession('Example');
    $session->description('Nightly');
    $session->selector('TestType', 'smoke');
    $session->selectTests();
    my $id = $session->save(1, 'new');

=head1 DESCRIPTION

Programs written against the manual's C<TestSession> run unchanged: the module has its methods under its names, and
each call is one request to the control interface of a twin (C<POST /__admin/aptest/session>). It needs core modules
only. What each method does in the twin, and how that is known, stands in F<docs/testsession.md>.

=head2 Which twin, and as whom

=over

=item C<TWINTRACK_URL>

where the twin is; C<http://127.0.0.1:8080> without it. It may end in C</w/NAME> for one of its worlds.

=item C<TWINTRACK_ADMIN_TOKEN>

the control token, where the twin wants one.

=item C<APTEST_SUITE>, C<APTEST_USER>

the suite that C<new> opens when it is given none, and the account to work as. A twin with one suite or one account
that may run it needs neither.

=back

The same can be said in the program, before the first session: C<< TestSession::Remote->connect(url => …, token => …,
suite => …, user => …) >>.

=head2 Contexts

Methods that the manual shows with an array give a list (in scalar context the number of its members, as Perl's
arrays do). C<variable>, C<defaultVariable> and C<dbdata> give one value in scalar context, several values joined by
commas, and all values in list context. C<sizeOf> and a field's C<size> give rows and columns in list context and the
rows in scalar context. Truth is 1 or 0. C<undef> means what it means in the manual: nothing there, or take it away.

=head2 What goes over the wire

A code reference given to C<fieldEntryWrap> is called here, once for each value. References that a method returns are
copies: what is written into them is not sent back; give them to the method that sets.

=head2 Errors

A call that the twin refuses dies with its sentence, and with the hint that says why. A session that was not saved is
forgotten when its object is gone, and when the program dies.

=cut
