<?php

/** fpm.php FOLDER [USER]: USER is whom the pools, the workers and the store belong to; without it the one who asks. */

declare(strict_types=1);

namespace Vestnik\Tests\Fpm;

use Vestnik\Tests\Crash\Tally;

require __DIR__ . '/../crash/load.php';
require __DIR__ . '/FastCgi.php';
require __DIR__ . '/Site.php';
require __DIR__ . '/PageLoad.php';

$tally = new Tally('fpm');
$tally->run(new PageLoad($tally, $argv[1], $argv[2] ?? null));
