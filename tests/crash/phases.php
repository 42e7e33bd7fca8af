<?php

/**
 * The phases, in the order in which a message goes through them.
 *
 * - point: where a worker is killed (ext/core/engine/stop_point.c); null: nowhere, or by the test at any moment
 * - turns: at which passage of the point, one worker after the other
 * - workers: how many work side by side
 * - doubt: may messages be in doubt afterwards? 'none': no intent was stored. 'each': every kill leaves some, since an
 *   intent was stored and its outcome not. 'some': other requests of the killed worker may have been on the wire
 * - latency_ms: of the gateway
 */

declare(strict_types=1);

return [
    'no-kills' => [
        'point' => null, 'turns' => [], 'workers' => 3, 'doubt' => 'none', 'latency_ms' => 5,
    ],
    'before-claim-commit' => [
        'point' => 'before_claim_commit', 'turns' => [1], 'workers' => 1, 'doubt' => 'none', 'latency_ms' => 0,
    ],
    'before-claim-commit-others-on-the-wire' => [
        'point' => 'before_claim_commit', 'turns' => [2, 3], 'workers' => 2, 'doubt' => 'some', 'latency_ms' => 10,
    ],
    'after-claim' => [
        'point' => 'after_claim', 'turns' => [1], 'workers' => 1, 'doubt' => 'none', 'latency_ms' => 0,
    ],
    'after-claim-others-on-the-wire' => [
        'point' => 'after_claim', 'turns' => [2, 3], 'workers' => 2, 'doubt' => 'some', 'latency_ms' => 10,
    ],
    'after-intent' => [
        'point' => 'after_intent', 'turns' => [1, 2, 3, 4], 'workers' => 1, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'after-intent-three-workers' => [
        'point' => 'after_intent', 'turns' => [1, 2, 3], 'workers' => 3, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'body-written' => [
        'point' => 'body_written', 'turns' => [1, 2, 3], 'workers' => 1, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'reply-read' => [
        'point' => 'reply_read', 'turns' => [1, 2, 3, 4], 'workers' => 1, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'reply-read-two-workers' => [
        'point' => 'reply_read', 'turns' => [1, 2, 3], 'workers' => 2, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'before-settle' => [
        'point' => 'before_settle', 'turns' => [1, 2], 'workers' => 1, 'doubt' => 'each', 'latency_ms' => 5,
    ],
    'any-moment' => [
        'point' => null, 'turns' => [1], 'workers' => 2, 'doubt' => 'some', 'latency_ms' => 40,
    ],
];
