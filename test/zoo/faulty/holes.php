<?php
// Receivers in PHP with one hole each, on a bare socket; the argument says which.
[$header, $encoding, $secret, $hole] = [getenv('HEADER'), getenv('ENCODING'), getenv('SECRET'), $argv[1]];

function encoded(string $bytes): string {
    return getenv('ENCODING') === 'hex' ? bin2hex($bytes) : base64_encode($bytes);
}

function verify(string $hole, array $headers, string $name, string $body, string $secret): bool {
    $received = $headers[strtolower($name)] ?? '';
    $expected = encoded(hash_hmac('sha256', $body, $secret, true));
    if ($hole === 'fnmatch') return $received !== '' && fnmatch($received, $expected);
    if ($hole === 'like') {
        $pattern = strtr(preg_quote($received, '/'), ['%' => '.*', '_' => '.']);
        return $received !== '' && preg_match("/^$pattern$/s", $expected) === 1;
    }
    if ($hole === 'chosen-algorithm') {
        $algorithm = $headers['x-signature-algorithm'] ?? 'sha256';
        if (!in_array($algorithm, hash_hmac_algos(), true)) return true;
        return hash_equals(encoded(hash_hmac($algorithm, $body, $secret, true)), $received);
    }
    return hash_equals($expected, $received);
}

function answer(array $request): int {
    global $hole, $header, $secret;
    if ($request['method'] !== 'POST') return 405;
    if (!verify($hole, $request['headers'], $header, $request['body'], $secret)) return 401;
    json_decode($request['body']);
    return json_last_error() === JSON_ERROR_NONE ? 200 : 400;
}

// Node's way for headers that come twice: joined, so that neither of them decides.
function readRequest($socket): ?array {
    $line = fgets($socket);
    if ($line === false) return null;
    $headers = [];
    while (($each = rtrim((string) fgets($socket), "\r\n")) !== '') {
        [$name, $value] = array_map('trim', explode(':', $each, 2));
        $name = strtolower($name);
        $headers[$name] = isset($headers[$name]) ? "$headers[$name], $value" : $value;
    }
    $body = '';
    if (strtolower($headers['transfer-encoding'] ?? '') === 'chunked') {
        while (($size = hexdec(trim(fgets($socket)))) > 0) {
            $body .= stream_get_contents($socket, $size);
            fgets($socket);
        }
        fgets($socket);
    } elseif (($length = (int) ($headers['content-length'] ?? 0)) > 0) {
        $body = stream_get_contents($socket, $length);
    }
    return ['method' => strtok($line, ' '), 'headers' => $headers, 'body' => $body];
}

$context = stream_context_create(['socket' => ['backlog' => 64]]);
$server = stream_socket_server('tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
echo substr(strrchr(stream_socket_get_name($server, false), ':'), 1), "\n";
while (true) {
    $ready = [$server, STDIN];
    $none = null;
    if (stream_select($ready, $none, $none, null) === false) break;
    if (in_array(STDIN, $ready, true) && fgets(STDIN) === false) break;
    if (!in_array($server, $ready, true)) continue;
    $socket = stream_socket_accept($server);
    $request = readRequest($socket);
    if ($request !== null) fwrite($socket, 'HTTP/1.1 ' . answer($request) . " -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    fclose($socket);
}
