<?php

/** The worker with the real extension: it sends, drains, and says what is wrong. No Bitrix anywhere near. */

declare(strict_types=1);

use Vestnik\Tests\Bitrix\WorkerProcess;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../WorkerProcess.php';

$server = stream_socket_server('tcp://127.0.0.1:0');
$store = (string)ini_get('vestnik.store');
$php = (string)getenv('VESTNIK_PHP');

vestnik_clock(1764000000);
vestnik_configure([
    'entities' => ['main' => ['name' => 'ООО «Ромашка»', 'brand' => 'Ромашка']],
    'providers' => [
        'sandbox' => [],
        'smsru' => ['api_id' => 'x', 'url' => 'http://' . stream_socket_get_name($server, false), 'timeout_ms' => 3000],
    ],
    'senders' => ['Romashka' => ['provider' => 'sandbox'], 'Silent' => ['provider' => 'smsru']],
]);

function worker(array $arguments = [], array $php = [], array $environment = []): WorkerProcess
{
    $store = ['-d', 'vestnik.store="' . $GLOBALS['store'] . '"'];
    return new WorkerProcess($GLOBALS['php'], [...$store, ...$php], $arguments, $environment);
}

function submit(string $sender): string
{
    static $number = 0;
    $number++;
    return vestnik_submit(['phone' => sprintf('+7999000%04d', 1000 + $number), 'category' => 'service', 'text' => "Заказ $number принят",
        'order' => (string)$number, 'sender' => $sender])['id'];
}

/** The connection on which a message went to the provider, who never answers. */
function caught(string $id)
{
    $connection = stream_socket_accept($GLOBALS['server'], 30);
    holds($connection !== false, 'no request came');
    WorkerProcess::until(
        static fn (): bool => vestnik_message($id)['state'] === 'sending',
        'the message did not go out'
    );
    return $connection;
}

test('the worker sends what waits, without any file of the kernel', static function (): void {
    $ids = [submit('Romashka'), submit('Romashka')];
    same([0, 0, ''], worker(['--for=1'])->wait());
    foreach ($ids as $id) {
        holds(in_array(vestnik_message($id)['state'], ['accepted', 'delivered'], true), vestnik_message($id)['state']);
    }
});
test('an idle worker leaves on SIGTERM with 0', static function (): void {
    $worker = worker();
    WorkerProcess::until(
        static fn (): bool => in_array($worker->pid(), array_column(vestnik_health()['workers'], 'pid'), true),
        'the worker gives no sign of life'
    );
    $worker->signal(SIGTERM);
    same([0, 0], array_slice($worker->wait(), 0, 2));
});
test('after SIGTERM it waits for the answer, at most the provider\'s timeout, and takes nothing new', static function (): void {
    $first = submit('Silent');
    $worker = worker();
    $connection = caught($first);
    $worker->signal(SIGTERM);
    $second = submit('Romashka');
    same([0, 0], array_slice($worker->wait(), 0, 2));
    fclose($connection);
    same('in_doubt', vestnik_message($first)['state']);
    same('queued', vestnik_message($second)['state']);
});
test('a second signal ends it on the spot; the next worker finds the message in doubt', static function (): void {
    $id = submit('Silent');
    $worker = worker();
    $connection = caught($id);
    $worker->signal(SIGTERM);
    usleep(300000);
    holds($worker->isRunning(), 'it did not wait for the answer');
    $worker->signal(SIGTERM);
    same(SIGTERM, $worker->wait()[1]);
    same('sending', vestnik_message($id)['state']);
    fclose($connection);
    same([0, 0, ''], worker(['--for=1'])->wait());
    same('in_doubt', vestnik_message($id)['state']);
});
test('as another user it names both and the command that helps', static function (): void {
    $file = explode('?', substr($GLOBALS['store'], 7))[0];
    $owner = fileowner($file);
    if (posix_geteuid() === 0) {
        $other = posix_getpwnam('nobody')['uid'];
        foreach (glob("$file*") as $part) {
            chown($part, $other);
        }
        $foreign = $GLOBALS['store'];
        $name = 'nobody';
    } else {
        $foreign = 'sqlite:/etc/passwd';
        $name = posix_getpwuid(fileowner('/etc/passwd'))['name'];
    }
    try {
        foreach (['C' => 'this process runs as', 'ru_RU.UTF-8' => 'процесс запущен от имени'] as $locale => $phrase) {
            [$code, , $words] = worker([], ['-d', "vestnik.store=\"$foreign\""], ['LANG' => $locale])->wait();
            same(77, $code, $words);
            holds(str_contains($words, $phrase), $words);
            holds(str_contains($words, "sudo -u $name "), $words);
        }
    } finally {
        if (posix_geteuid() === 0) {
            foreach (glob("$file*") as $part) {
                chown($part, $owner);
            }
        }
    }
});
test('root does not create a store', static function (): void {
    $missing = dirname(explode('?', substr($GLOBALS['store'], 7))[0]) . '/missing.db';
    [$code, , $words] = worker(['--for=1'], ['-d', "vestnik.store=\"sqlite:$missing\""])->wait();
    same(posix_geteuid() === 0 ? 77 : 0, $code, $words);
    same(posix_geteuid() !== 0, file_exists($missing));
});
test('without a store it says so', static function (): void {
    [$code, , $words] = worker([], ['-d', 'vestnik.store='])->wait();
    same(true, in_array($code, [74, 78], true), $words);
    holds(str_contains($words, 'vestnik.store'), $words);
});
