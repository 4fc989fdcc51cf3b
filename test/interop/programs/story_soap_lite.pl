# The story of the interop suite, told with SOAP::Lite (libsoap-lite-perl), which knows nothing of the WSDL:
# every value goes out with the type that SOAP::Lite guesses, text beyond ASCII as base64.
# Prints one JSON object a line for what it saw.
use strict;
use warnings;
use utf8;
use Digest::SHA 'sha256_hex';
use JSON::PP;
use LWP::UserAgent;
use MIME::Base64;
use SOAP::Lite;
use Time::Local 'timegm';

my ($origin) = @ARGV;
my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $wanted = $json->decode(do { local $/; <STDIN> });
$| = 1;

my $soap = SOAP::Lite->proxy("$origin/cgi-bin/ttsoapcgi.exe")->uri('urn:testtrack-interface');
$soap->on_fault(sub {
    my (undef, $answer) = @_;
    die ref $answer ? $answer : "no SOAP answer: " . $soap->transport->status . "\n";
});

sub tell_step { my ($step, %what) = @_; print $json->encode({ step => $step, %what }), "\n" }

sub part { my ($name, $value) = @_; return SOAP::Data->name($name)->value($value) }

sub call {
    my ($operation, @parts) = @_;
    my @data;
    while (my ($name, $value) = splice @parts, 0, 2) { push @data, part($name, $value) }
    return $soap->call($operation, @data)->result;
}

sub fault {
    my ($step, @call) = @_;
    return tell_step($step, text => undef, detail => undef) if eval { call(@call); 1 };
    die $@ unless ref $@;
    tell_step($step, text => $@->faultstring, detail => '' . $@->faultdetail);
}

# An empty array comes as an empty text.
sub items { my ($list) = @_; return ref $list eq 'ARRAY' ? @$list : () }

sub moment {
    my ($text) = @_;
    my ($y, $mo, $d, $h, $mi, $s, $sign, $zh, $zm) =
        $text =~ /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/ or die "no moment: $text";
    my $offset = ($zh * 60 + $zm) * 60 * ($sign eq '-' ? -1 : 1);
    my @utc = gmtime(timegm($s, $mi, $h, $d, $mo - 1, $y) - $offset);
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $utc[5] + 1900, $utc[4] + 1, @utc[3, 2, 1, 0];
}

sub plain {
    my ($field) = @_;
    my $type = ref $field;
    my $value = $field->{value};
    if ($type eq 'CMultiSelectDropdownField') { $value = [map { $_->{value} } items($field->{values})] }
    elsif ($type eq 'CTimespanField') { $value = { value => 0 + $value, unit => $field->{unit} } }
    elsif ($type eq 'CIntegerField' || $type eq 'CDecimalField') { $value += 0 }
    elsif ($type eq 'CBooleanField') { $value = $value eq 'true' ? JSON::PP::true : JSON::PP::false }
    elsif ($type eq 'CDateTimeField') { $value = moment($value) }
    else { $value = "$value" }
    return { type => $type, value => $value };
}

sub shown {
    my ($defect) = @_;
    my ($report) = items($defect->{reportedbylist});
    return {
        recordid => 0 + $defect->{recordid},
        number => 0 + $defect->{defectnumber},
        (map { $_ => "$defect->{$_}" } qw(summary priority workaround)),
        description => $report->{comments},
        entered => $defect->{dateentered},
        created => moment($defect->{datetimecreated}),
        files => [map { $_->{'m-strFileName'} } items($report->{attachmentlist})],
        events => [map { [$_->{name}, $_->{notes}, moment($_->{date})] } items($defect->{eventlist})],
        fields => { map { $_->{name} => plain($_) } items($defect->{customFieldList}) },
    };
}

sub list {
    my ($cookie, $table, @names) = @_;
    my $list = call('getRecordListForTable', cookie => $cookie, tablename => $table, filtername => '',
        columnlist => [map { { name => $_ } } @names]);
    my @rows = map { [map { "$_->{value}" } items($_->{row})] } items($list->{records});
    return [map { $_->{name} } items($list->{columnlist})], \@rows;
}

sub change {
    my ($defect) = @_;
    $defect->{$_} = $wanted->{$_} for qw(summary workaround);
    for my $field (items($defect->{customFieldList})) {
        my $value = $wanted->{fields}{ $field->{name} };
        if (ref $field eq 'CMultiSelectDropdownField') { $field->{values} = [map { { value => $_ } } @$value] }
        elsif (ref $field eq 'CTimespanField') { @$field{qw(value unit)} = @$value{qw(value unit)} }
        elsif (ref $field eq 'CBooleanField') { $field->{value} = $value ? 'true' : 'false' }
        else { $field->{value} = $value }
    }
    push @{ $defect->{eventlist} }, {
        recordid => 0, name => 'Comment', eventaddorder => 1,
        date => '2026-03-02T14:30:00Z', notes => $wanted->{notes},
    };
    attach($defect, $wanted->{file}, join('', map { chr } 0 .. 255) x 4);
}

sub attach {
    my ($defect, $name, $content) = @_;
    $defect->{reportedbylist} = [{ recordid => 0, showorder => 1 }] unless items($defect->{reportedbylist});
    my $report = $defect->{reportedbylist}[0];
    $report->{attachmentlist} = [items($report->{attachmentlist}), {
        'm-recordid' => 0,
        'm-strFileName' => $name,
        'm-pFileData' => SOAP::Data->type(base64Binary => $content),
    }];
}

sub digest {
    my ($cookie, $defect) = @_;
    my $entry = (items($defect->{reportedbylist}[0]{attachmentlist}))[-1];
    my $got = call('getAttachment', cookie => $cookie, tablename => 'Defect', recordID => $defect->{recordid},
        eventID => 0, pszArchiveName => $entry->{'m-strArchiveName'});
    my $content = decode_base64($got->{'m-pFileData'});
    return (name => $got->{'m-strFileName'}, size => length $content, sha256 => sha256_hex($content));
}

sub advance {
    my ($by) = @_;
    my $answer = LWP::UserAgent->new->post("$origin/__admin/clock/advance",
        'Content-Type' => 'application/json', Content => $json->encode({ by => $by }));
    die $answer->status_line unless $answer->is_success;
}

my @defect11 = (defectNumber => 11, summary => '', bDownloadAttachments => 'false');

tell_step('client', version => "$SOAP::Lite::VERSION");
my $projects = call('getProjectList', username => 'username', password => 'password');
tell_step('projects', names => [map { $_->{database}{name} } items($projects)]);
my $cookie = call('ProjectLogon', pProj => $projects->[0], username => 'username', password => 'password');
tell_step('logon', positive => $cookie > 0 ? JSON::PP::true : JSON::PP::false);

tell_step('get', defect => shown(call('getDefect', cookie => $cookie, @defect11)));

my ($columns, $rows) = list($cookie, 'Defect', 'Record ID', 'Number', 'Summary', 'Status');
tell_step('list', columns => $columns, rows => $rows);
(undef, $rows) = list($cookie, 'Test Case', 'Number');
tell_step('empty list', rows => $rows);

my $defect = call('editDefect', cookie => $cookie, @defect11);
$defect->{priority} = 'Immediate';
tell_step('save unchanged', result => 0 + call('saveDefect', cookie => $cookie, pDefect => $defect));
tell_step('get unchanged', defect => shown(call('getDefect', cookie => $cookie, @defect11)));

$defect = call('editDefect', cookie => $cookie, @defect11);
change($defect);
tell_step('save changed', result => 0 + call('saveDefect', cookie => $cookie, pDefect => $defect));
$defect = call('getDefect', cookie => $cookie, @defect11);
tell_step('get changed', defect => shown($defect));
tell_step('attachment', digest($cookie, $defect));

$defect = call('editDefect', cookie => $cookie, defectNumber => 12);
attach($defect, 'big.bin', join('', map { chr } 0 .. 255) x 20_480);
call('saveDefect', cookie => $cookie, pDefect => $defect);
tell_step('big attachment', digest($cookie, call('getDefect', cookie => $cookie, defectNumber => 12)));

fault('absent', 'getDefect', cookie => $cookie, defectNumber => 99);

my $other = call('ProjectLogon', pProj => $projects->[0], username => 'lake', password => 'water');
call('editDefect', cookie => $cookie, @defect11);
fault('locked', 'editDefect', cookie => $other, @defect11);
tell_step('cancel', result => 0 + call('cancelSaveDefect', cookie => $cookie, recordID => 311));
tell_step('free after cancel', number => 0 + call('editDefect', cookie => $other, @defect11)->{defectnumber});
call('cancelSaveDefect', cookie => $other, recordID => 311);

my $late = call('editDefect', cookie => $cookie, @defect11);
advance('14m59s999ms');
fault('still locked', 'editDefect', cookie => $other, @defect11);
advance('1ms');
tell_step('free after 15 minutes', number => 0 + call('editDefect', cookie => $other, @defect11)->{defectnumber});
fault('late save', 'saveDefect', cookie => $cookie, pDefect => $late);

call('DatabaseLogoff', cookie => $other);
tell_step('logoff', result => 0 + call('DatabaseLogoff', cookie => $cookie));
fault('dropped', 'getDefect', cookie => $cookie, @defect11);
