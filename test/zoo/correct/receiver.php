<?php
// A correct receiver on PHP's own server, in the way of $_SERVER and php://input.
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    return;
}
$body = file_get_contents('php://input');
$name = 'HTTP_' . strtoupper(str_replace('-', '_', getenv('HEADER')));
$digest = hash_hmac('sha256', $body, getenv('SECRET'), true);
$expected = getenv('ENCODING') === 'hex' ? bin2hex($digest) : base64_encode($digest);
if (!hash_equals($expected, $_SERVER[$name] ?? '')) {
    http_response_code(401);
    return;
}
try {
    json_decode($body, true, 512, JSON_THROW_ON_ERROR);
} catch (JsonException) {
    http_response_code(400);
    return;
}
http_response_code(200);
