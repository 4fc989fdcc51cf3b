# Needs libsoap-lite-perl: `prove -I examples/perl examples/perl/t`.
use strict;
use warnings;
use SOAP::Lite;
use Test::More;
use TwinWorld;

for my $priority ('Immediate', 'Low') {
    in_world "the priority $priority is saved and read back" => sub {
        my ($world) = @_;
        my $soap = SOAP::Lite->proxy("$world/cgi-bin/ttsoapcgi.exe")->uri('urn:testtrack-interface');
        $soap->on_fault(sub { die ref $_[1] ? $_[1]->faultstring : $_[0]->transport->status });
        my $call = sub {
            my ($operation, @parts) = @_;
            my @data;
            while (my ($name, $value) = splice @parts, 0, 2) { push @data, SOAP::Data->name($name)->value($value) }
            return $soap->call($operation, @data)->result;
        };
        my @which = (defectNumber => 11, summary => '', bDownloadAttachments => 'false');

        my $cookie = $call->('DatabaseLogon', dbname => 'Project', username => 'username', password => 'password');
        my $defect = $call->('editDefect', cookie => $cookie, @which);
        is $defect->{priority}, 'Medium', 'what another test saved is not seen here';
        $defect->{priority} = $priority;
        $call->('saveDefect', cookie => $cookie, pDefect => $defect);
        is $call->('getDefect', cookie => $cookie, @which)->{priority}, $priority, 'it is read back';
        my $asked = qq({"calls": [{"operation": "saveDefect", "where": {"pDefect": {"priority": "$priority"}}}]});
        ok(control('POST', "$world/__admin/journal/verify", $asked)->{success}, 'it was sent');
    };
}

done_testing;
