<?php
// Verifies as the documents of such providers tell: what PHP's own parsers make of a request.
$secret = getenv('SECRET');
$form = $_POST;
$sorted = function (array $fields): string {
    ksort($fields);
    return implode('&', array_map(fn ($name) => $name . '=' . $fields[$name], array_keys($fields)));
};
$verifiers = [
    'pine' => function () use ($form, $secret) {
        [$public, $signature] = explode('|', $form['bt_signature'] ?? '|');
        $key = sha1($secret, true);
        return hash_equals(hash_hmac('sha1', $form['bt_payload'] ?? '', $key), $signature)
            && str_contains(base64_decode($form['bt_payload']), '<kind>subscription_canceled</kind>');
    },
    'alder' => function () use ($form, $sorted) {
        $signed = array_diff_key($form, ['sign' => 1, 'sign_type' => 1]);
        $key = openssl_pkey_get_public(getenv('PUBLIC_KEY'));
        return openssl_verify($sorted($signed), base64_decode($form['sign'] ?? ''), $key, OPENSSL_ALGO_SHA256) === 1
            && json_decode($form['biz_content'], true)['items'][0]['price'] === 12.5;
    },
    'duke' => fn () => hash_equals(
        md5(($form['merchantCode'] ?? '') . ($form['amount'] ?? '') . ($form['merchantOrderId'] ?? '') . $secret),
        $form['signature'] ?? ''
    ),
    'flip' => fn () => hash_equals($secret, $form['token'] ?? '') && json_decode($form['data'], true)['amount'] === 10000,
    'yew' => fn () => hash_equals(
        hash('sha512', implode('|', [$secret, $form['status'] ?? '', '', $form['email'] ?? '', $form['txnid'] ?? '', 'key'])),
        $form['hash'] ?? ''
    ),
    'nest' => fn () => hash_equals(
        hash_hmac('sha256', file_get_contents('php://input'), $secret),
        $_SERVER['HTTP_X_NEST_SIGNATURE'] ?? ''
    ) && $form['data']['items'][1]['id'] === 'b' && $form['data']['tags'] === ['x', 'y'],
    'kofi' => fn () => hash_equals($secret, json_decode($form['data'] ?? '{}', true)['verification_token'] ?? ''),
    'fig' => fn () => hash_equals($secret, json_decode(file_get_contents('php://input'), true)['passcode'] ?? ''),
    'ship' => fn () => hash_equals($secret, $_GET['token'] ?? ''),
    'parts' => fn () => hash_equals(
        hash_hmac('sha256', json_decode($form['json'] ?? '{}', true)['event']['time'] ?? '', $secret),
        json_decode($form['json'] ?? '{}', true)['event']['hash'] ?? ''
    ) && file_get_contents($_FILES['attachment']['tmp_name']) === "id;amount\n1;2\n"
        && strlen(file_get_contents($_FILES['picture']['tmp_name'])) === 35,
    'query' => fn () => hash_equals(
        hash_hmac('sha256', $sorted(array_diff_key($_GET, ['sign' => 1])), $secret),
        $_GET['sign'] ?? ''
    ),
    'note' => fn () => hash_equals(
        hash_hmac('sha256', file_get_contents('php://input'), $secret),
        $_SERVER['HTTP_X_NOTE_SIGNATURE'] ?? ''
    ),
];
$name = trim(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), '/');
$ok = false;
try {
    $ok = isset($verifiers[$name]) && $verifiers[$name]();
} catch (Throwable $error) {
    error_log((string) $error);
}
http_response_code($ok ? 200 : 401);
header('Content-Type: application/json');
echo json_encode(['ok' => $ok, 'post' => $_POST, 'get' => $_GET, 'files' => array_map(fn ($file) => $file['name'], $_FILES)]);
