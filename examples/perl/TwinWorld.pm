package TwinWorld;

# in_world 'what is tested' => sub { my ($world) = @_; ... };
# A subtest in a world of its own, at the URL $world. When it fails, what happened in that world is shown.
use strict;
use warnings;
use Exporter 'import';
use HTTP::Tiny;
use Test::More;

our @EXPORT = ('in_world');
my $twin  = $ENV{TWIN_URL} // 'http://127.0.0.1:8080';
my $http  = HTTP::Tiny->new;
my $count = 0;

sub in_world {
    my ($what, $test) = @_;
    my $name = "perl-$$-" . ++$count;
    my $made = $http->post("$twin/__admin/worlds", { headers => { 'content-type' => 'application/json' }, content => qq({"name": "$name", "from": "seed"}) });
    BAIL_OUT("$twin: $made->{content}") unless $made->{success};
    my $passed = subtest $what => sub {
        eval { $test->("$twin/w/$name"); 1 } or fail("died: $@");
    };
    diag $http->get("$twin/w/$name/__admin/report")->{content} unless $passed;
    $http->delete("$twin/__admin/worlds/$name");
}

1;
