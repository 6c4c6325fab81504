<?php

// Receives webhooks of GitHub, and sends its own as Standard Webhooks. Under test: php -S 127.0.0.1:3000 app.php
declare(strict_types=1);

/** What came, in a file. In production: tables, and the id of a delivery unique. */
final class Store
{
    public function __construct(private string $path)
    {
    }

    public function read(): array
    {
        return is_file($this->path) ? json_decode(file_get_contents($this->path), true) : ['deliveries' => [], 'opened' => []];
    }

    public function keepOnce(string $delivery, ?string $opened): void
    {
        $lock = fopen("$this->path.lock", 'c');
        flock($lock, LOCK_EX);
        $kept = $this->read();
        if (!isset($kept['deliveries'][$delivery])) {
            $kept['deliveries'][$delivery] = true;
            if ($opened !== null) {
                $kept['opened'][] = $opened;
            }
            file_put_contents($this->path, json_encode($kept));
        }
        fclose($lock);
    }
}

/** The status that answers a request. */
function receive(string $body, array $server, string $secret, Store $store): int
{
    // The signature is over the bytes as they came: parse them only after it is verified.
    $expected = 'sha256=' . hash_hmac('sha256', $body, $secret);
    if (!hash_equals($expected, $server['HTTP_X_HUB_SIGNATURE_256'] ?? '')) {
        return 401;
    }
    $payload = json_decode($body, true);
    $delivery = $server['HTTP_X_GITHUB_DELIVERY'] ?? '';
    if (!is_array($payload) || $delivery === '') {
        return 400;
    }
    $isOpened = ($server['HTTP_X_GITHUB_EVENT'] ?? '') === 'pull_request' && ($payload['action'] ?? '') === 'opened';
    $store->keepOnce($delivery, $isOpened ? $payload['pull_request']['title'] : null);
    return 204;
}

/** Sends an event to a subscriber, whose secret begins with whsec_, and gives the status of the answer. */
function notify(string $url, string $secret, array $event): int
{
    [$id, $now, $body] = ['msg_' . bin2hex(random_bytes(12)), (string) time(), json_encode($event)];
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $signature = base64_encode(hash_hmac('sha256', "$id.$now.$body", $key, true));
    $headers = [
        'Content-Type: application/json',
        "webhook-id: $id",
        "webhook-timestamp: $now",
        "webhook-signature: v1,$signature",
    ];
    $options = ['method' => 'POST', 'header' => $headers, 'content' => $body, 'ignore_errors' => true];
    file_get_contents($url, false, stream_context_create(['http' => $options]));
    return (int) explode(' ', $http_response_header[0])[1];
}

if (PHP_SAPI === 'cli-server') {
    $status = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '/webhooks/github' ? 404 : ($_SERVER['REQUEST_METHOD'] !== 'POST' ? 405
        : receive(file_get_contents('php://input'), $_SERVER, getenv('GITHUB_WEBHOOK_SECRET'), new Store(getenv('STORE'))));
    http_response_code($status);
}
