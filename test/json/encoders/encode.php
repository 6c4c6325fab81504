<?php
// Per line of the file: json_encode with the settings that PHP recommends since 7.1.
ini_set('serialize_precision', '-1');
foreach (new SplFileObject($argv[1]) as $line) {
    if ($line !== '') {
        echo json_encode(json_decode($line, false, 512, JSON_THROW_ON_ERROR), JSON_THROW_ON_ERROR), "\n";
    }
}
