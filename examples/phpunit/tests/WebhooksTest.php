<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/../app.php';

final class WebhooksTest extends TestCase
{
    private const SECRET = 'only-for-these-tests';

    /** @var resource */
    private $server;
    private string $path;
    private string $url;

    protected function setUp(): void
    {
        $this->path = tempnam(sys_get_temp_dir(), 'webhooks');
        unlink($this->path);
        // A port that is free.
        $probe = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($probe, false);
        fclose($probe);
        $this->url = "http://$address/webhooks/github";
        $env = ['STORE' => $this->path, 'GITHUB_WEBHOOK_SECRET' => self::SECRET] + getenv();
        $argv = [PHP_BINARY, '-d', 'post_max_size=25M', '-S', $address, __DIR__ . '/../app.php'];
        $this->server = proc_open($argv, [2 => ['file', '/dev/null', 'w']], $pipes, null, $env);
        while (!$connection = @stream_socket_client("tcp://$address")) {
            $this->assertTrue(proc_get_status($this->server)['running']);
            usleep(20_000);
        }
        fclose($connection);
    }

    protected function tearDown(): void
    {
        proc_terminate($this->server);
        proc_close($this->server);
        @unlink($this->path);
        @unlink("$this->path.lock");
    }

    private function start(array $args, &$pipes)
    {
        $argv = ['npx', 'webhook-sim', ...$args, '--json', '-q'];
        return proc_open($argv, [1 => ['pipe', 'w']], $pipes, null, ['GITHUB_WEBHOOK_SECRET' => self::SECRET] + getenv());
    }

    /** Runs webhook-sim, and gives its exit code and its lines of JSON: one for each delivery, the summary last. */
    private function webhookSim(string ...$args): array
    {
        $process = $this->start($args, $pipes);
        $lines = array_map(fn ($line) => json_decode($line, true), explode("\n", trim(stream_get_contents($pipes[1]))));
        return [proc_close($process), $lines];
    }

    private function opened(): array
    {
        return (new Store($this->path))->read()['opened'];
    }

    public function testAPullRequestIsKeptOnce(): void
    {
        [$code, $lines] = $this->webhookSim('send', 'github', 'pull_request.opened', '--to', $this->url,
            '--set', 'pull_request.title=Faster', '--duplicate', '2');
        $this->assertSame([0, 'accepted', 'accepted'], [$code, $lines[0]['outcome'], $lines[1]['outcome']]);
        $this->assertSame(['Faster'], $this->opened());
    }

    public function testAForgeryIsRejected(): void
    {
        [$code, $lines] = $this->webhookSim('send', 'github', 'pull_request.opened', '--to', $this->url, '--forge', 'tampered-body');
        $this->assertSame([0, 401], [$code, $lines[0]['attempts'][0]['status']]);
        $this->assertSame([], $this->opened());
    }

    public function testTheReceiverIsSafe(): void
    {
        [$code, $lines] = $this->webhookSim('check', 'github', '--to', $this->url, '--report', 'junit=webhooks.xml');
        $this->assertSame([0, 'A', []], [$code, end($lines)['grade'], end($lines)['findings']]);
    }

    public function testASubscriberCanVerifyWhatIsSent(): void
    {
        $secret = 'whsec_b25seS1mb3ItdGhlc2UtdGVzdHM=';
        $args = ['listen', 'standard-webhooks', '--port', '0', '--until', 'deploy.finished', '--secret', $secret];
        $listener = $this->start($args, $pipes);
        $listening = json_decode(fgets($pipes[1]), true);
        $this->assertSame(200, notify($listening['url'], $secret, ['type' => 'deploy.finished', 'data' => ['id' => 7]]));
        $received = json_decode(fgets($pipes[1]), true);
        stream_get_contents($pipes[1]);
        $this->assertSame([0, 'genuine'], [proc_close($listener), $received['verdict']]);
    }
}
