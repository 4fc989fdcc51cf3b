<?php
declare(strict_types=1);

use PHPUnit\Framework\TestCase;

/**
 * Gives every test a world of its own, at $this->world. When the test fails, what happened in its world is printed.
 *
 * The twin is the executable that TWIN_PROGRAM names, or one that runs already at TWIN_URL, or else the package
 * in node_modules. TWINTRACK_ADMIN_TOKEN is the token of one that wants it.
 */
abstract class TwinWorldTestCase extends TestCase
{
    protected string $world;
    private string $name;
    private static ?string $twin = null;

    protected function setUp(): void
    {
        $twin = self::$twin ??= (!getenv('TWIN_PROGRAM') && getenv('TWIN_URL')) ? getenv('TWIN_URL') : self::started();
        $this->name = 'phpunit-' . bin2hex(random_bytes(8));
        self::send('PUT', "$twin/__admin/worlds/{$this->name}", ['from' => 'seed']);
        $this->world = "$twin/w/{$this->name}";
    }

    /** Runs the test: a failure of any kind passes here, and its world is still there. */
    protected function runTest(): mixed
    {
        try {
            return parent::runTest();
        } catch (Throwable $failure) {
            fwrite(STDERR, "\n{$this->getName()}: " . self::send('GET', "{$this->world}/__admin/report") . "\n");
            throw $failure;
        }
    }

    protected function tearDown(): void
    {
        self::send('DELETE', self::$twin . "/__admin/worlds/{$this->name}");
    }

    /** @return string the answer's body */
    protected static function send(string $method, string $url, mixed $body = null): string
    {
        $content = $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR);
        $http = ['method' => $method, 'header' => ['content-type: application/json', 'authorization: Bearer ' . getenv('TWINTRACK_ADMIN_TOKEN')], 'content' => $content, 'ignore_errors' => true];
        $answer = file_get_contents($url, false, stream_context_create(['http' => $http]));
        self::assertMatchesRegularExpression('/ 2\d\d /', $http_response_header[0], $answer);
        return $answer;
    }

    private static function started(): string
    {
        $installed = 'node_modules/.bin/twintrack' . (PHP_OS_FAMILY === 'Windows' ? '.cmd' : '');
        $program = getenv('TWIN_PROGRAM') ?: $installed;
        $words = [$program, 'serve', '--port', '0', '--log-level', 'error'];
        $process = proc_open($words, [1 => ['pipe', 'w'], 2 => STDERR], $pipes);
        register_shutdown_function(static fn () => proc_terminate($process));
        while (($line = fgets($pipes[1])) !== false) {
            if (preg_match('/answers on (\S+)/', $line, $found)) {
                return $found[1];
            }
        }
        self::fail("$program did not start; what it said is above.");
    }
}
