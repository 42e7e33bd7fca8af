<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/**
 * One phase: 500 messages go to the gateway while workers are killed, 20 times and more; clean workers finish. As long
 * as workers are killed no more than UNDERWAY messages are underway, so a kill cannot hit more than these: that is the
 * number of requests in flight times the messages of each.
 */
final class KillPhase
{
    public const KILLS = 20;
    private const BATCH = 2;
    private const REQUESTS = 8;
    private const UNDERWAY = self::REQUESTS * self::BATCH;

    private Gateway $gateway;
    private int $submitted = 0;
    private bool $single = false;
    private int $now = Shop::NOON;
    /** @var array<string, string> customer => id, of those submitted one by one */
    private array $ids = [];
    /** @var array<int, Child> */
    private array $workers = [];
    private int $started = 0;
    private int $kills = 0;
    /** Messages that were `sending` when their only worker was dead. */
    private int $hit = 0;

    /** @param array{point: ?string, turns: list<int>, workers: int, doubt: string, latency_ms: int} $phase */
    public function __construct(
        private readonly string $name,
        private readonly array $phase,
        private readonly Tally $tally
    ) {
    }

    public function __invoke(): void
    {
        $began = hrtime(true);
        $this->open();
        if ($this->phase['turns'] !== []) {
            $this->kill();
        }
        $this->finish();
        $after = new Aftermath($this->gateway, $this->tally);
        printf(
            "= %-40s %3d kills, %3d in doubt of %d, %d seen by the gateway, %.1f s\n",
            $this->name,
            $this->kills,
            $after->count('in_doubt'),
            $after->total,
            $after->seenByGateway(),
            (hrtime(true) - $began) / 1e9
        );
        $this->judge($after);
    }

    private function open(): void
    {
        $this->gateway = Gateway::start(Worker::folder(), ['--latency-ms', (string)$this->phase['latency_ms']]);
        vestnik_clock($this->now);
        vestnik_configure(Shop::settings($this->gateway->url, ['batch' => self::BATCH]));
        Shop::grantConsents();
    }

    private function kill(): void
    {
        $patience = 0;
        while ($this->kills < self::KILLS) {
            $this->feed(self::UNDERWAY);
            $this->fillUp();
            $before = $this->kills;
            $this->collect();
            if ($this->kills > $before && $this->phase['doubt'] === 'none') {
                $this->relieve();
            }
            $patience = $this->kills > $before ? 0 : $patience + 1;
            if ($patience > 6000) {
                throw new \RuntimeException("the point was passed $this->kills times, and then never again");
            }
            usleep(5000);
        }
        array_walk($this->workers, fn (Child $worker) => $worker->signal(SIGTERM));
        Child::until(fn (): bool => $this->collect() === 0, 'a worker does not leave');
    }

    /** Submits until $underway messages are underway, in turn one by one and as a batch. */
    private function feed(int $underway): void
    {
        $wanted = min($underway - Worker::underway(), Shop::MESSAGES - $this->submitted);
        if ($wanted <= 0) {
            return;
        }
        $this->single = !$this->single;
        vestnik_clock($this->now++);
        $messages = array_map(Shop::message(...), range($this->submitted, $this->submitted + $wanted - 1));
        $this->submitted += $wanted;
        if (!$this->single) {
            $result = vestnik_submit_batch($messages);
            if ($result['send'] !== $wanted) {
                throw new \RuntimeException('a batch is not sent as it is: ' . json_encode($result));
            }
            return;
        }
        foreach ($messages as $message) {
            $receipt = vestnik_submit($message);
            if ($receipt['verdict'] !== 'send') {
                throw new \RuntimeException('a message is not sent: ' . json_encode($receipt['findings']));
            }
            $this->ids[$message['customer']] = $receipt['id'];
        }
    }

    private function fillUp(): void
    {
        while (count($this->workers) < $this->phase['workers']) {
            $turns = $this->phase['turns'];
            $turn = $turns[$this->started++ % count($turns)];
            $point = $this->phase['point'];
            $this->workers[] = Worker::start($point !== null ? ['VESTNIK_STOP_AT' => "$point:$turn"] : []);
        }
        if ($this->phase['point'] === null) {
            $this->killOne();
        }
    }

    /** At any moment after some message has come to its end. */
    private function killOne(): void
    {
        $ended = $this->submitted - Worker::underway();
        Child::until(
            fn (): bool => Worker::underway() === 0 || $this->submitted - Worker::underway() > $ended,
            'no message comes to its end'
        );
        $this->feed(self::UNDERWAY);
        usleep(mt_rand(0, 150000));
        $victim = $this->workers[array_rand($this->workers)];
        $victim->signal(SIGKILL);
        $victim->wait();
    }

    /** Where a killed worker never comes to send anything, a clean one sends what it had taken. */
    private function relieve(): void
    {
        $worker = Worker::start();
        Worker::untilNothingIsUnderway();
        $worker->signal(SIGTERM);
        if ($worker->wait() !== 0) {
            throw new \RuntimeException('a clean worker gave up: ' . $worker->said());
        }
    }

    /** Counts those that ended. @return int how many still run */
    private function collect(): int
    {
        foreach ($this->workers as $place => $worker) {
            if ($worker->isRunning()) {
                continue;
            }
            unset($this->workers[$place]);
            if ($worker->endedBy() === SIGKILL) {
                $this->kills++;
                $this->hit += $this->phase['workers'] === 1 ? vestnik_message_count(['state' => 'sending']) : 0;
            } elseif ($worker->wait() !== 0 && $worker->endedBy() !== SIGTERM) { /* before it watched signals */
                throw new \RuntimeException('a worker gave up: ' . $worker->said());
            }
        }
        return count($this->workers);
    }

    /** Clean workers send the rest and ask the gateway what became of all. */
    private function finish(): void
    {
        $rest = Shop::MESSAGES - $this->submitted;
        while ($this->submitted < Shop::MESSAGES) {
            $this->feed(Shop::MESSAGES);
        }
        $workers = array_map(fn (): Child => Worker::start(), range(1, max(2, $this->phase['workers'])));
        Worker::untilNothingIsUnderway();
        vestnik_clock($this->now += 120);
        Child::until(fn (): bool => vestnik_message_count(['state' => 'accepted']) === 0, 'no reports come');
        array_walk($workers, fn (Child $worker) => $worker->signal(SIGTERM));
        $codes = array_map(fn (Child $worker): int => $worker->wait(), $workers);
        $this->tally->same('clean workers leave without complaint', array_fill(0, count($workers), 0), $codes);
        if ($this->phase['turns'] !== []) {
            $this->tally->check('the kills came while messages were sent', $rest < Shop::MESSAGES - self::UNDERWAY);
        }
    }

    private function judge(Aftermath $after): void
    {
        $doubts = $after->count('in_doubt');
        if ($this->phase['turns'] !== []) {
            $least = self::KILLS;
            $this->tally->check("$least workers and more were killed", $this->kills >= $least, "$this->kills were");
        }
        $after->nothingIsLost(Shop::MESSAGES, $this->ids);
        $after->statesAre(['delivered', 'in_doubt']);
        $after->nothingCameTwice();
        $after->storeAndGatewayAgree();
        $after->fileIsSound();
        if ($this->phase['doubt'] === 'none') {
            $this->tally->same('nothing is in doubt', 0, $doubts);
            $this->tally->same('the gateway saw all', Shop::MESSAGES, $after->seenByGateway());
            return;
        }
        $bound = $this->kills * self::REQUESTS * self::BATCH;
        $this->tally->check("at most $bound in doubt: kills × requests × batch", $doubts <= $bound, "$doubts are");
        if ($this->phase['doubt'] === 'each') {
            $this->tally->check('every kill left something in doubt', $doubts >= $this->kills, "$doubts are");
        }
        if ($this->phase['workers'] === 1) {
            $this->tally->same('in doubt is exactly what was sending when its worker died', $this->hit, $doubts);
        }
    }
}
