package TwinWorld;

# in_world 'what is tested' => sub { my ($world) = @_; ... };
# A subtest in a world of its own, at the URL $world. When it fails, what happened in that world is shown.
# The twin is the executable that TWIN_PROGRAM names, or one that runs already at TWIN_URL, or else the package in node_modules.
# TWINTRACK_ADMIN_TOKEN is the token of one that wants it. control($method, $url, $json) asks the twin, with that token.
use strict;
use warnings;
use Exporter 'import';
use HTTP::Tiny;
use Test::More;

our @EXPORT = ('in_world', 'control');
my $token = $ENV{TWINTRACK_ADMIN_TOKEN} // '';
my $http  = HTTP::Tiny->new(default_headers => { 'content-type' => 'application/json', authorization => "Bearer $token" });
my $count = 0;
my ($twin, $process, $output);

sub in_world {
    my ($what, $test) = @_;
    $twin //= !$ENV{TWIN_PROGRAM} && $ENV{TWIN_URL} || started();
    my $name = sprintf 'perl-%d-%d-%x', $$, ++$count, rand 2**32;
    my $made = control('PUT', "$twin/__admin/worlds/$name", '{"from": "seed"}');
    BAIL_OUT("$twin: $made->{content}") unless $made->{success};
    my $passed = subtest $what => sub {
        eval { $test->("$twin/w/$name"); 1 } or fail("died: $@");
    };
    diag control('GET', "$twin/w/$name/__admin/report")->{content} unless $passed;
    control('DELETE', "$twin/__admin/worlds/$name");
}

sub control {
    my ($method, $url, $json) = @_;
    return $http->request($method, $url, { content => $json // '' });
}

sub started {
    my $program = $ENV{TWIN_PROGRAM} || 'node_modules/.bin/twintrack';
    $process = open $output, '-|', $program, qw(serve --port 0 --log-level error) or BAIL_OUT("$program: $!");
    while (<$output>) { return $1 if /answers on (\S+)/ }
    BAIL_OUT("$program did not start; what it said is above.");
}

END {
    my $result = $?;    # of the tests: waiting for the twin overwrites it
    if ($process) { kill TERM => $process; waitpid $process, 0 }
    $? = $result;
}

1;
