<?php

declare(strict_types=1);

namespace Vestnik\Tests\Fpm;

use Vestnik\Tests\Crash\Child;
use Vestnik\Tests\Crash\Gateway;
use Vestnik\Tests\Crash\Tally;

/**
 * Pages of PHP-FPM submit 2,000 messages, eight pages at once, while two workers send; half-way PHP-FPM is reloaded. A
 * page whose answer got lost is asked again: the message's key makes that safe.
 */
final class PageLoad
{
    private const MESSAGES = 2000;
    private const PERSONS = 400;
    private const PARALLEL = 8;
    private const RELOAD_AFTER = 1200;

    private Gateway $gateway;
    private Site $site;
    /** @var list<Child> */
    private array $workers = [];
    /** @var array<string, string> customer => id */
    private array $ids = [];
    /** @var array<int, int> pid of a child => pages it served */
    private array $servers = [];
    /** @var array<int, int> those before the reload */
    private array $before = [];
    /** @var list<string> other answers than "send" */
    private array $troubles = [];
    /** @var list<string> files of the store seen open in the master */
    private array $mastered = [];
    private int $again = 0;

    public function __construct(
        private readonly Tally $tally,
        private readonly string $folder,
        private readonly ?string $user
    ) {
    }

    public function __invoke(): void
    {
        $began = hrtime(true);
        $this->open();
        $missed = $this->submit(range(0, self::MESSAGES / 2 - 1));
        $this->lookHalfway();
        $missed = [...$missed, ...$this->submit(range(self::MESSAGES / 2, self::MESSAGES - 1))];
        while ($missed !== [] && $this->again < 1000) {
            $this->again += count($missed);
            $missed = $this->submit($missed);
        }
        $this->judgePages();
        $this->lookAtExposedStore();
        $this->endWorkers();
        $this->tally->same('PHP-FPM ends without complaint', 0, $this->site->end());
        printf(
            "= %d messages by %d children, %d asked again, %d connections to the gateway, %.1f s\n",
            count($this->ids),
            count($this->servers),
            $this->again,
            $this->gateway->stats()['connections'],
            (hrtime(true) - $began) / 1e9
        );
        $this->verify();
    }

    private function open(): void
    {
        $this->gateway = Gateway::start($this->folder, ['--latency-ms', '20']);
        $prepare = $this->run('prepare', 'tests/fpm/prepare.php', $this->gateway->url, (string)self::PERSONS);
        if ($prepare->wait() !== 0) {
            throw new \RuntimeException('the store cannot be prepared: ' . $prepare->said());
        }
        $this->site = new Site($this->folder, $this->user);
        $this->tally->same('before the first page nobody of PHP-FPM has the store open', [[], []], [
            $this->site->openedByMaster(),
            $this->site->openedByChildren(),
        ]);
        foreach (['worker-1', 'worker-2'] as $name) {
            $this->workers[] = $this->run($name, 'bitrix-module/vestnik.sms/bin/worker.php');
        }
    }

    /** PHP on the store, as the user to whom it belongs. */
    private function run(string $name, string $script, string ...$arguments): Child
    {
        $as_user = ['setpriv', "--reuid=$this->user", "--regid=$this->user", '--init-groups', '--'];
        return new Child(
            [
                ...($this->user !== null ? $as_user : []),
                (string)getenv('VESTNIK_PHP'),
                '-d',
                "vestnik.store=\"sqlite:$this->folder/store/s.db?clock=manual\"",
                "$this->folder/project/$script",
                ...$arguments,
            ],
            [],
            "$this->folder/$name.log"
        );
    }

    /**
     * @param list<int> $numbers
     * @return list<int> those to which no whole answer came
     */
    private function submit(array $numbers): array
    {
        $missed = $queries = [];
        foreach ($numbers as $number) {
            $queries[$number] = ['message' => $number, 'persons' => self::PERSONS];
        }
        $answered = function (int $number, ?string $body) use (&$missed): void {
            if (!$this->take($number, $body)) {
                $missed[] = $number;
            }
            if ($number === self::RELOAD_AFTER) { /* while others are being served */
                $this->before = $this->servers;
                $this->site->reload();
            }
            if ($number % 50 === 0) {
                $this->mastered = [...$this->mastered, ...$this->site->openedByMaster()];
            }
        };
        $this->site->pages('shop')->get($queries, self::PARALLEL, $answered);
        return $missed;
    }

    private function take(int $number, ?string $body): bool
    {
        $answer = json_decode((string)$body, true);
        if (!is_array($answer)) {
            return false;
        }
        if (($answer['verdict'] ?? '') === 'send') {
            $this->ids["c$number"] = $answer['id'];
            $this->servers[$answer['server']] = ($this->servers[$answer['server']] ?? 0) + 1;
        } else {
            $this->troubles[] = (string)$body;
        }
        return true;
    }

    private function lookHalfway(): void
    {
        $this->tally->check('the children have the store open', $this->site->openedByChildren() !== []);
        $health = json_decode((string)$this->site->pages('shop')->page(['health' => 1]), true);
        $alive = array_filter($health['workers'] ?? [], fn (array $worker): bool => $worker['alive']);
        $found = array_column($alive, 'pid');
        $expected = array_map(fn (Child $worker): int => $worker->pid, $this->workers);
        sort($found);
        sort($expected);
        $this->tally->same('the health that a page shows has both workers alive', $expected, $found);
    }

    private function judgePages(): void
    {
        $log = $this->site->log();
        $busiest = max($this->servers);
        $this->tally->same('every page answered "send"', [self::MESSAGES, []], [
            count($this->ids),
            array_slice($this->troubles, 0, 3),
        ]);
        $this->tally->same('every message has its own id', self::MESSAGES, count(array_unique($this->ids)));
        $this->tally->check(
            'children were recycled',
            count($this->servers) >= self::MESSAGES / Site::REQUESTS && $busiest <= Site::REQUESTS,
            count($this->servers) . " children served up to $busiest pages"
        );
        $this->tally->check(
            'the reload brought new children',
            $this->before !== [] && count(array_diff_key($this->servers, $this->before)) >= Site::CHILDREN
        );
        $this->tally->check('PHP-FPM says that it reloaded', str_contains($log, 'Reloading in progress'), $log);
        $this->tally->same('the master never had the store open', [], [
            ...$this->mastered,
            ...$this->site->openedByMaster(),
        ]);
        $this->tally->same('no child crashed', 0, preg_match_all('/exited on signal|SIGSEGV|SIGABRT/', $log));
    }

    private function lookAtExposedStore(): void
    {
        $answer = json_decode((string)$this->site->pages('exposed')->page(['health' => 1]), true);
        $this->tally->same(
            'a store under the document root is refused',
            'Vestnik\StoreException',
            $answer['exception'] ?? $answer
        );
        $words = $answer['words'] ?? '';
        $this->tally->check('the refusal says why', str_contains($words, 'under the document root'), $words);
        $this->tally->check('it has made no file', !file_exists("$this->folder/www/upload"));
    }

    private function endWorkers(): void
    {
        $sent = [];
        Child::until(
            fn (): bool => $this->gateway->stats()['messages'] >= self::MESSAGES || $this->someWorkerIsGone(),
            'the messages do not come to the gateway'
        );
        foreach ($this->workers as $worker) {
            $worker->signal(SIGTERM);
            $this->tally->same('a worker leaves without complaint', [0, 1], [
                $worker->wait(),
                preg_match('/ (\d+) sent, \d+ settled/', $worker->said(), $found),
            ]);
            $sent[] = (int)($found[1] ?? 0);
        }
        $this->tally->check(
            'both workers sent, and together all',
            min($sent) > 0 && array_sum($sent) === self::MESSAGES,
            implode(' and ', $sent) . ' sent'
        );
    }

    private function someWorkerIsGone(): bool
    {
        return array_filter($this->workers, fn (Child $worker): bool => !$worker->isRunning()) !== [];
    }

    private function verify(): void
    {
        file_put_contents("$this->folder/ids.json", json_encode($this->ids));
        $verify = $this->run('verify', 'tests/fpm/verify.php', $this->gateway->url, "$this->folder/ids.json");
        $verify->wait();
        $this->tally->take($verify->said());
    }
}
