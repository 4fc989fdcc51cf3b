<?php
// The story of the interop suite, told with PHP's SoapClient (php-soap).
// SoapClient forgets which derived type an item had unless a class map gives every type a class of its own.
// Prints one JSON object a line for what it saw.
declare(strict_types=1);

class CField {}
class CStringField extends CField {}
class CIntegerField extends CField {}
class CDecimalField extends CField {}
class CBooleanField extends CField {}
class CDateField extends CField {}
class CDateTimeField extends CField {}
class CVersionField extends CField {}
class CTimespanField extends CField {}
class CDropdownField extends CField {}
class CMultiSelectDropdownField extends CField {}

const CLASSES = [
    'CStringField', 'CIntegerField', 'CDecimalField', 'CBooleanField', 'CDateField', 'CDateTimeField',
    'CVersionField', 'CTimespanField', 'CDropdownField', 'CMultiSelectDropdownField',
];

// As a production program has it: every line of the head ends with a bare line feed, only the empty one with CR LF.
class RawSocketClient extends SoapClient
{
    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        $url = parse_url($location);
        $scheme = $url['scheme'] === 'https' ? 'ssl' : 'tcp';
        $socket = stream_socket_client("$scheme://{$url['host']}:{$url['port']}");
        fwrite($socket, "POST {$url['path']} HTTP/1.1\nHost: {$url['host']}\nContent-Type: text/xml; charset=UTF-8\n"
            . "SOAPAction: \"$action\"\nContent-Length: " . strlen($request) . "\n\r\n" . $request);
        [, $body] = explode("\r\n\r\n", stream_get_contents($socket), 2);
        fclose($socket);
        return $body;
    }
}

$origin = $argv[1];
$wanted = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$client = ($argv[2] ?? '') === 'raw socket' ? RawSocketClient::class : SoapClient::class;
$soap = new $client("$origin/ttsoapcgi.wsdl", [
    'classmap' => array_combine(CLASSES, CLASSES),
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    'cache_wsdl' => WSDL_CACHE_NONE,
    'keep_alive' => false,
]);

function tell(string $step, array $what): void
{
    echo json_encode(['step' => $step] + $what, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION), "\n";
}

function fault(string $step, callable $call): void
{
    try {
        $call();
        tell($step, ['text' => null, 'detail' => null]);
    } catch (SoapFault $fault) {
        tell($step, ['text' => $fault->faultstring, 'detail' => (string) ($fault->detail ?? '')]);
    }
}

function moment(string $text): string
{
    return (new DateTimeImmutable($text))->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

function plain(CField $field): array
{
    $value = match (get_class($field)) {
        'CMultiSelectDropdownField' => array_map(fn ($each) => $each->value, $field->values ?? []),
        'CTimespanField' => ['value' => $field->value, 'unit' => $field->unit],
        'CDateTimeField' => moment($field->value),
        // In 2013 a day came as the moment of its midnight.
        'CDateField' => substr($field->value, 0, 10),
        default => $field->value,
    };
    return ['type' => get_class($field), 'value' => $value];
}

function shown(object $defect): array
{
    $report = $defect->reportedbylist[0];
    $fields = [];
    foreach ($defect->customFieldList as $field) {
        $fields[$field->name] = plain($field);
    }
    return [
        'recordid' => $defect->recordid,
        'number' => $defect->defectnumber,
        'summary' => $defect->summary,
        'priority' => $defect->priority,
        'workaround' => $defect->workaround,
        'description' => $report->comments,
        'entered' => $defect->dateentered ?? '',
        'created' => moment($defect->datetimecreated),
        'files' => array_map(fn ($each) => $each->{'m-strFileName'}, $report->attachmentlist),
        'events' => array_map(fn ($each) => [$each->name, $each->notes, moment($each->date)], $defect->eventlist),
        'fields' => $fields,
    ];
}

function listed(SoapClient $soap, int $cookie, string $table, array $names): array
{
    $columns = array_map(fn ($each) => (object) ['name' => $each], $names);
    $list = $soap->getRecordListForTable($cookie, $table, '', $columns);
    $rows = array_map(fn ($each) => array_map(fn ($cell) => $cell->value, $each->row), $list->records ?? []);
    return ['columns' => array_map(fn ($each) => $each->name, $list->columnlist), 'rows' => $rows];
}

function change(object $defect, array $wanted): void
{
    $defect->summary = $wanted['summary'];
    $defect->workaround = $wanted['workaround'];
    foreach ($defect->customFieldList as $field) {
        $value = $wanted['fields'][$field->name];
        if ($field instanceof CMultiSelectDropdownField) {
            $field->values = array_map(fn ($each) => (object) ['value' => $each], $value);
        } elseif ($field instanceof CTimespanField) {
            [$field->value, $field->unit] = [$value['value'], $value['unit']];
        } else {
            $field->value = $value;
        }
    }
    $defect->eventlist[] = (object) [
        'recordid' => 0, 'name' => 'Comment', 'eventaddorder' => 1,
        'date' => '2026-03-02T14:30:00Z', 'notes' => $wanted['notes'],
    ];
    attach($defect, $wanted['file'], str_repeat(implode('', array_map('chr', range(0, 255))), 4));
}

function attach(object $defect, string $name, string $content): void
{
    if (empty($defect->reportedbylist)) {
        $defect->reportedbylist = [(object) ['recordid' => 0, 'showorder' => 1, 'attachmentlist' => []]];
    }
    $file = (object) ['m-recordid' => 0, 'm-strFileName' => $name, 'm-pFileData' => $content];
    $defect->reportedbylist[0]->attachmentlist[] = $file;
}

function digest(SoapClient $soap, int $cookie, object $defect): array
{
    $files = $defect->reportedbylist[0]->attachmentlist;
    $entry = end($files);
    $got = $soap->getAttachment($cookie, 'Defect', $defect->recordid, 0, $entry->{'m-strArchiveName'});
    $content = $got->{'m-pFileData'};
    return ['name' => $got->{'m-strFileName'}, 'size' => strlen($content), 'sha256' => hash('sha256', $content)];
}

function advance(string $by): void
{
    global $origin;
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => json_encode(['by' => $by]),
    ]]);
    file_get_contents("$origin/__admin/clock/advance", false, $context);
}

tell('client', ['version' => 'PHP ' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION]);
$projects = $soap->getProjectList('username', 'password');
tell('projects', ['names' => array_map(fn ($each) => $each->database->name, $projects)]);
$cookie = $soap->ProjectLogon($projects[0], 'username', 'password');
tell('logon', ['positive' => $cookie > 0]);

tell('get', ['defect' => shown($soap->getDefect($cookie, 11, '', false))]);

tell('list', listed($soap, $cookie, 'Defect', ['Record ID', 'Number', 'Summary', 'Status']));
tell('empty list', ['rows' => listed($soap, $cookie, 'Test Case', ['Number'])['rows']]);

$defect = $soap->editDefect($cookie, 11, '', true);
$defect->priority = 'Immediate';
tell('save unchanged', ['result' => $soap->saveDefect($cookie, $defect)]);
tell('get unchanged', ['defect' => shown($soap->getDefect($cookie, 11, '', false))]);

$defect = $soap->editDefect($cookie, 11, '', false);
change($defect, $wanted);
tell('save changed', ['result' => $soap->saveDefect($cookie, $defect)]);
$defect = $soap->getDefect($cookie, 11, '', false);
tell('get changed', ['defect' => shown($defect)]);
tell('attachment', digest($soap, $cookie, $defect));

$defect = $soap->editDefect($cookie, 12, '', false);
attach($defect, 'big.bin', str_repeat(implode('', array_map('chr', range(0, 255))), 20480));
$soap->saveDefect($cookie, $defect);
tell('big attachment', digest($soap, $cookie, $soap->getDefect($cookie, 12, '', false)));

fault('absent', fn () => $soap->getDefect($cookie, 99, '', false));

$other = $soap->ProjectLogon($projects[0], 'lake', 'water');
$soap->editDefect($cookie, 11, '', false);
fault('locked', fn () => $soap->editDefect($other, 11, '', false));
tell('cancel', ['result' => $soap->cancelSaveDefect($cookie, 311)]);
tell('free after cancel', ['number' => $soap->editDefect($other, 11, '', false)->defectnumber]);
$soap->cancelSaveDefect($other, 311);

$late = $soap->editDefect($cookie, 11, '', false);
advance('14m59s999ms');
fault('still locked', fn () => $soap->editDefect($other, 11, '', false));
advance('1ms');
tell('free after 15 minutes', ['number' => $soap->editDefect($other, 11, '', false)->defectnumber]);
fault('late save', fn () => $soap->saveDefect($cookie, $late));

$soap->DatabaseLogoff($other);
tell('logoff', ['result' => $soap->DatabaseLogoff($cookie)]);
fault('dropped', fn () => $soap->getDefect($cookie, 11, '', false));
