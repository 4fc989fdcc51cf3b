<?php
// The story of the interop suite, told with NuSOAP (libnusoap-php). It was written for PHP 5: its constructors have the
// names of their classes, and it uses each(); both are made good here when it is loaded, and nothing else.
// It drops the types of items when it reads, so they are taken from the text of its answer, and it writes them when an item
// is a soapval. Prints one JSON object a line for what it saw.
declare(strict_types=1);
error_reporting(E_ERROR | E_PARSE);

const NUSOAP = '/usr/share/php/nusoap/nusoap.php';

function each(array &$list): array|false
{
    $key = key($list);
    if ($key === null) {
        return false;
    }
    $value = current($list);
    next($list);
    return [0 => $key, 1 => $value, 'key' => $key, 'value' => $value];
}

function load(): void
{
    $source = file_get_contents(NUSOAP);
    preg_match_all('/^class\s+(\w+)/mi', $source, $found);
    foreach ($found[1] as $class) {
        $source = preg_replace(["/function\s+$class\s*\(/i", "/parent::$class\s*\(/i"], ['function __construct(', 'parent::__construct('], $source);
    }
    eval('?>' . $source);
}

load();
$origin = $argv[1];
$wanted = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$soap = new nusoap_client("$origin/ttsoapcgi.wsdl", 'wsdl');
$soap->soap_defencoding = 'UTF-8';
$soap->decode_utf8 = false;

class Refused extends Exception
{
    public function __construct(public readonly string $text, public readonly string $detail)
    {
        parent::__construct($text);
    }
}

function call(string $operation, array $parts): mixed
{
    global $soap;
    $result = $soap->call($operation, $parts);
    if ($soap->fault) {
        throw new Refused($result['faultstring'], (string) $result['detail']);
    }
    if ($soap->getError()) {
        throw new Exception($soap->getError());
    }
    return $result;
}

function tell(string $step, array $what): void
{
    echo json_encode(['step' => $step] + $what, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION), "\n";
}

function fault(string $step, callable $call): void
{
    try {
        $call();
        tell($step, ['text' => null, 'detail' => null]);
    } catch (Refused $refused) {
        tell($step, ['text' => $refused->text, 'detail' => $refused->detail]);
    }
}

function moment(string $text): string
{
    return (new DateTimeImmutable($text))->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

/** A defect, each of its custom fields with its type. */
function defect(string $operation, string $cookie, int $number): array
{
    global $soap;
    $defect = call($operation, ['cookie' => $cookie, 'defectNumber' => $number, 'summary' => '', 'bDownloadAttachments' => false]);
    preg_match_all('/<item xsi:type="ttns:(C\w+Field)">/', $soap->responseData, $found);
    foreach ($defect['customFieldList'] ?? [] as $at => $field) {
        $defect['customFieldList'][$at]['$type'] = $found[1][$at];
    }
    return $defect;
}

function plain(array $field): array
{
    $value = match ($field['$type']) {
        'CMultiSelectDropdownField' => array_column($field['values'] ?? [], 'value'),
        'CTimespanField' => ['value' => (float) $field['value'], 'unit' => $field['unit']],
        'CDateTimeField' => moment($field['value']),
        'CIntegerField' => (int) $field['value'],
        'CDecimalField' => (float) $field['value'],
        'CBooleanField' => $field['value'] === 'true',
        default => $field['value'],
    };
    return ['type' => $field['$type'], 'value' => $value];
}

function shown(array $defect): array
{
    $report = $defect['reportedbylist'][0];
    $fields = [];
    foreach ($defect['customFieldList'] as $field) {
        $fields[$field['name']] = plain($field);
    }
    return [
        'recordid' => (int) $defect['recordid'],
        'number' => (int) $defect['defectnumber'],
        'summary' => $defect['summary'],
        'priority' => $defect['priority'],
        'workaround' => $defect['workaround'],
        'description' => $report['comments'],
        'entered' => $defect['dateentered'],
        'created' => moment($defect['datetimecreated']),
        'files' => array_column($report['attachmentlist'], 'm-strFileName'),
        'events' => array_map(fn ($each) => [$each['name'], $each['notes'], moment($each['date'])], $defect['eventlist']),
        'fields' => $fields,
    ];
}

/** Saves a defect with the types of its custom fields. */
function save(string $cookie, array $defect): int
{
    $defect['customFieldList'] = array_map(function (array $field) {
        $type = $field['$type'];
        unset($field['$type']);
        if (isset($field['values'])) {
            $field['values'] = array_map(fn ($each) => new soapval('item', 'CFieldValue', $each, false, 'urn:testtrack-interface'), $field['values']);
        }
        return new soapval('item', $type, $field, false, 'urn:testtrack-interface');
    }, $defect['customFieldList'] ?? []);
    return (int) call('saveDefect', ['cookie' => $cookie, 'pDefect' => $defect]);
}

function listed(string $cookie, string $table, array $names): array
{
    $columns = array_map(fn ($each) => ['name' => $each], $names);
    $list = call('getRecordListForTable', ['cookie' => $cookie, 'tablename' => $table, 'filtername' => '', 'columnlist' => $columns]);
    $rows = array_map(fn ($each) => array_column($each['row'], 'value'), $list['records'] ?: []);
    return ['columns' => array_column($list['columnlist'], 'name'), 'rows' => $rows];
}

function change(array $defect, array $wanted): array
{
    $defect['summary'] = $wanted['summary'];
    $defect['workaround'] = $wanted['workaround'];
    foreach ($defect['customFieldList'] as $at => $field) {
        $value = $wanted['fields'][$field['name']];
        $given = match ($field['$type']) {
            'CMultiSelectDropdownField' => ['values' => array_map(fn ($each) => ['value' => $each], $value)],
            'CTimespanField' => $value,
            'CBooleanField' => ['value' => $value ? 'true' : 'false'],
            default => ['value' => $value],
        };
        $defect['customFieldList'][$at] = [...$field, ...$given];
    }
    $defect['eventlist'][] = [
        'recordid' => 0, 'name' => 'Comment', 'eventaddorder' => 1,
        'date' => '2026-03-02T14:30:00Z', 'notes' => $wanted['notes'],
    ];
    return attach($defect, $wanted['file'], str_repeat(implode('', array_map('chr', range(0, 255))), 4));
}

function attach(array $defect, string $name, string $content): array
{
    if (empty($defect['reportedbylist'])) {
        $defect['reportedbylist'] = [['recordid' => 0, 'showorder' => 1, 'attachmentlist' => []]];
    }
    $file = ['m-recordid' => 0, 'm-strFileName' => $name, 'm-pFileData' => base64_encode($content)];
    $defect['reportedbylist'][0]['attachmentlist'][] = $file;
    return $defect;
}

function digest(string $cookie, array $defect): array
{
    $files = $defect['reportedbylist'][0]['attachmentlist'];
    $got = call('getAttachment', [
        'cookie' => $cookie, 'tablename' => 'Defect', 'recordID' => $defect['recordid'], 'eventID' => 0,
        'pszArchiveName' => end($files)['m-strArchiveName'],
    ]);
    $content = base64_decode($got['m-pFileData']);
    return ['name' => $got['m-strFileName'], 'size' => strlen($content), 'sha256' => hash('sha256', $content)];
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

$logOn = fn (array $project, string $user, string $password) => call('ProjectLogon', ['pProj' => $project, 'username' => $user, 'password' => $password]);

tell('client', ['version' => '0.9.5']);
$projects = call('getProjectList', ['username' => 'username', 'password' => 'password']);
tell('projects', ['names' => array_map(fn ($each) => $each['database']['name'], $projects)]);
$cookie = $logOn($projects[0], 'username', 'password');
tell('logon', ['positive' => $cookie > 0]);

tell('get', ['defect' => shown(defect('getDefect', $cookie, 11))]);

tell('list', listed($cookie, 'Defect', ['Record ID', 'Number', 'Summary', 'Status']));
tell('empty list', ['rows' => listed($cookie, 'Test Case', ['Number'])['rows']]);

$defect = defect('editDefect', $cookie, 11);
$defect['priority'] = 'Immediate';
tell('save unchanged', ['result' => save($cookie, $defect)]);
tell('get unchanged', ['defect' => shown(defect('getDefect', $cookie, 11))]);

tell('save changed', ['result' => save($cookie, change(defect('editDefect', $cookie, 11), $wanted))]);
$defect = defect('getDefect', $cookie, 11);
tell('get changed', ['defect' => shown($defect)]);
tell('attachment', digest($cookie, $defect));

$big = str_repeat(implode('', array_map('chr', range(0, 255))), 20480);
save($cookie, attach(defect('editDefect', $cookie, 12), 'big.bin', $big));
tell('big attachment', digest($cookie, defect('getDefect', $cookie, 12)));

fault('absent', fn () => defect('getDefect', $cookie, 99));

$other = $logOn($projects[0], 'lake', 'water');
defect('editDefect', $cookie, 11);
fault('locked', fn () => defect('editDefect', $other, 11));
tell('cancel', ['result' => (int) call('cancelSaveDefect', ['cookie' => $cookie, 'recordID' => 311])]);
tell('free after cancel', ['number' => (int) defect('editDefect', $other, 11)['defectnumber']]);
call('cancelSaveDefect', ['cookie' => $other, 'recordID' => 311]);

$late = defect('editDefect', $cookie, 11);
advance('14m59s999ms');
fault('still locked', fn () => defect('editDefect', $other, 11));
advance('1ms');
tell('free after 15 minutes', ['number' => (int) defect('editDefect', $other, 11)['defectnumber']]);
fault('late save', fn () => save($cookie, $late));

call('DatabaseLogoff', ['cookie' => $other]);
tell('logoff', ['result' => (int) call('DatabaseLogoff', ['cookie' => $cookie])]);
fault('dropped', fn () => defect('getDefect', $cookie, 11));
