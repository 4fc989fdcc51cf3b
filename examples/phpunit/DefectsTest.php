<?php
declare(strict_types=1);

require_once __DIR__ . '/TwinWorldTestCase.php';

/** Needs php-soap: `phpunit examples/phpunit/DefectsTest.php`. */
final class DefectsTest extends TwinWorldTestCase
{
    /**
     * @testWith ["Immediate"]
     *           ["Low"]
     */
    public function testASavedPriorityIsReadBack(string $priority): void
    {
        $options = ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS];
        $tt = new SoapClient("{$this->world}/ttsoapcgi.wsdl", $options);
        $cookie = $tt->DatabaseLogon('Project', 'username', 'password');
        $defect = $tt->editDefect($cookie, 11, '', false);
        self::assertSame('Medium', $defect->priority); // what another test saved is not seen here
        $defect->priority = $priority;
        $defect->customFieldList = null; // PHP does not send the types of items; what is not sent stays
        $tt->saveDefect($cookie, $defect);
        self::assertSame($priority, $tt->getDefect($cookie, 11, '', false)->priority);
        $call = ['operation' => 'saveDefect', 'where' => ['pDefect' => ['priority' => $priority]]];
        self::send('POST', "{$this->world}/__admin/journal/verify", ['calls' => [$call], 'times' => 1]);
    }
}
