<?php

/**
 * The API of the extension: the specification, the source of the generated vestnik_arginfo.h, and the stub for IDEs.
 *
 * Holds for every function:
 * - Phones in results are E.164 ('+79161234567'). Instants are integer Unix seconds unless a name ends in _ms.
 * - Texts are UTF-8 without NUL bytes; anything else is a \ValueError that names the key, never the content.
 * - Input of a wrong type is a \TypeError, malformed input and unknown keys are a \ValueError that names the key.
 * - Trouble below throws a Vestnik\Exception: StoreException, ProviderException or SettingsException. Its code is the
 *   native one (errno, SQLite or curl code) or 0; no message holds a phone, a text or a secret.
 * - A refusal, a limit or a duplicate is a result, never an exception.
 * - The store is the one `vestnik.store` names, opened by the first call that needs it, once per process.
 * - Lists take a filter, a page size from 1 to 1000 and the cursor `next` of the page before, and return
 *   array{items: list<array>, next: ?string}, next null at the end. Filters may carry `sort` (a column, '-' in front:
 *   descending) and `offset` (0 to 10,000). A count stops at $stop_at and then returns $stop_at.
 *
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace {
    /* ---- settings, store, health ---- */

    /**
     * Replaces all settings at once; validated as a whole, so that either all of them hold from the next call of every
     * process on, or none. Shape: docs/settings.md.
     *
     * `version`, the one vestnik_settings() gave, refuses to overwrite newer settings; absent means no check. A secret
     * may be 'env:NAME' or 'file:PATH'; '***' at the path where a secret is stored keeps it and is refused elsewhere.
     *
     * @phpstan-param array<string, mixed> $settings
     * @throws \Vestnik\SettingsException the text begins with the path: "providers.smsru.rate.per_second: expected …"
     * @throws \Vestnik\StoreException
     */
    function vestnik_configure(#[\SensitiveParameter] array $settings): void {}

    /**
     * The settings as they are stored, with `version`; literal secrets are '***', references stay as they are.
     *
     * @return array<string, mixed>
     * @throws \Vestnik\StoreException
     */
    function vestnik_settings(): array {}

    /**
     * What the store and the queue are doing: queue depth and age per state and lane, limits (milliseconds until one more
     * may go: 'provider:…', 'sender:<name>:<operator's tax number>:hour' and ':second'), provider state, workers'
     * heartbeats, ledger head, and `problems`, a list of what a person should look at (a store that holds is one).
     *
     * @return array<string, mixed>
     * @throws \Vestnik\StoreException
     */
    function vestnik_health(): array {}

    /**
     * Copies the live store consistently. The only legal way to back it up.
     *
     * @param string $target path of a file that does not exist yet, relative to the working directory
     * @return array{path: string, bytes: int}
     * @throws \ValueError an empty path, one outside of open_basedir, or a file that exists
     * @throws \Vestnik\StoreException the target cannot be written
     */
    function vestnik_backup(string $target): array {}

    /**
     * Binds the store to one installation. The first call binds, the same values again change nothing. A plain script
     * need not call it.
     *
     * @phpstan-param array{id: string, document_root: string, database: string} $installation
     * @throws \Vestnik\StoreException the store belongs to another installation
     */
    function vestnik_store_bind(array $installation): void {}

    /**
     * Answers the question of a store that holds because it was copied, moved or restored.
     *
     * @param string $is 'live': this is the real site, send again; 'copy': keep holding, only the sandbox sends
     * @return array{is: string, holds: bool}
     * @throws \ValueError another answer, or the store does not hold
     * @throws \Vestnik\StoreException
     */
    function vestnik_store_answer(string $is): array {}

    /**
     * Brings an older store to this version's tables. Additive: the previous minor version still reads it.
     *
     * @return array{major: int, from_minor: int, to_minor: int}
     * @throws \Vestnik\StoreException in a web process; a store of a newer major version
     */
    function vestnik_store_migrate(): array {}

    /**
     * Sets the time of a store that was created with ?clock=manual.
     *
     * @param int $now not before the last one
     * @throws \ValueError an earlier instant, or a store with the system's clock
     * @throws \Vestnik\StoreException
     */
    function vestnik_clock(int $now): void {}

    /* ---- numbers and texts: no store needed ---- */

    /**
     * Reads one phone number as people type it ('8 (916) 123-45-67').
     *
     * @param string $region ISO 3166-1 alpha-2 country of numbers without a country code
     * @return array{e164: string, country: string, mobile: ?bool, operator: ?string, territory: ?string, timezones: list<string>}|null
     *     null when it is no number. mobile null: cannot be told; country '' for a code no single country owns;
     *     operator and territory null and timezones empty: unknown
     * @throws \ValueError an unknown region
     */
    function vestnik_phone_parse(#[\SensitiveParameter] string $raw, string $region = 'RU'): ?array {}

    /**
     * All phone numbers in a text, mobile ones first, each once; otherwise in their order. What might as well be a date,
     * a price or an account is left out: ten digits without a code are taken for a number only when they begin with 9
     * or are written as numbers are.
     *
     * @return list<array{e164: string, country: string, mobile: ?bool, operator: ?string, territory: ?string, timezones: list<string>}>
     *     as vestnik_phone_parse()
     * @throws \ValueError malformed UTF-8 or a NUL byte
     */
    function vestnik_phone_find(#[\SensitiveParameter] string $text): array {}

    /**
     * Compiles the official numbering plan (DEF-9xx.csv of the Ministry of Digital Development) into the file that
     * `vestnik.numbering` names. The file is replaced at once or not at all; running processes take it over within a
     * second. Whatever else replaces it must do so by rename.
     *
     * @param string $csv path of the CSV: UTF-8, ';', eight columns
     * @return array{path: string, bytes: int, imported: int, ranges: int, numbers: int, operators: int, territories: int, unknown_territories: int, unknown_territory: ?string}
     *     unknown_territories: territories whose time zone is not known, the first of them by name
     * @throws \ValueError a CSV that is no sound plan (the line is named) or has less than half the numbers of the plan
     *     at the target; a target that is another kind of file; a path outside of open_basedir
     * @throws \Vestnik\StoreException a file that cannot be read or written
     */
    function vestnik_numbering_import(string $csv, string $target): array {}

    /**
     * What a text costs, and which characters make it dear.
     *
     * @return array{encoding: string, units: int, segments: int, remaining: int, offenders: list<array{char: string, position: int, replacement: ?string}>}
     *     encoding: 'GSM-7' or 'UCS-2'. units: septets (an extension character is 2) or UTF-16 units. remaining: units
     *     left in the last segment. offenders: characters outside of GSM-7, each place once, position in characters
     *     from 0; replacement null: there is none of the same sense, '': the character is invisible and may go
     * @throws \ValueError malformed UTF-8 or a NUL byte
     */
    function vestnik_text_measure(#[\SensitiveParameter] string $text): array {}

    /**
     * Makes a text cheaper without changing what it says; it never has more segments than before. URLs, mail addresses,
     * hosts and placeholders stay as they are.
     *
     * options: 'spaces' (bool, default true): runs become one, those at the ends of lines go. 'homoglyphs' (true):
     * look-alike letters become ones of the word's own alphabet. 'typography' (true): typographic characters become
     * plain ones where that brings the text into GSM-7 at no more segments; in a text that stays in UCS-2 they cost
     * nothing and stay, only invisible ones go. 'transliterate' (null): 'icao' (ICAO Doc 9303, as in Russian passports)
     * or 'readable', unless the text would have more segments then.
     *
     * @phpstan-param array{spaces?: bool, homoglyphs?: bool, typography?: bool, transliterate?: ?string} $options
     * @return array{text: string, before: array{encoding: string, units: int, segments: int, remaining: int}, after: array{encoding: string, units: int, segments: int, remaining: int}, changes: list<array{kind: string, position: int, from: string, to: string}>}
     *     changes: in the order of the text; kind 'typography'|'space'|'homoglyph'|'transliteration'; position in the
     *     given text, in characters from 0; `to` empty: it went. All else is the same in both texts
     * @throws \ValueError an unknown option or value, malformed text
     * @throws \TypeError an option of another type
     */
    function vestnik_text_optimize(#[\SensitiveParameter] string $text, array $options = []): array {}

    /**
     * What a person means who answers an SMS. Case, punctuation, look-alike letters, the other keyboard layout and
     * transliteration make no difference; docs/replies.md has the rules.
     *
     * @return array{intent: string, keyword: ?string, weak: bool}
     *     intent: 'stop' (no more advertising)|'stop_all' (no more service messages either)|'start'|'help'|'review'
     *     (seems to ask to stop: a person has to read it, and advertising should pause until then)|'none'. keyword: the
     *     one that was found, in one spelling. weak: counts only within 72 hours after an advertisement to this person;
     *     without one a person has to read it
     * @throws \ValueError malformed text
     */
    function vestnik_reply_parse(#[\SensitiveParameter] string $text): array {}

    /**
     * Finds coarse and forbidden words, promotion, claims, link shorteners and look-alike letters in a text, through case,
     * masks, look-alikes, transliteration, separated and repeated letters.
     *
     * The option `words` takes words of one's own: a list (category 'words'), or lists by category. They are written as in
     * the dictionaries of ext/core/text/lexicon: 'скидк*' any ending, '(по)?дарок', '!слово' an exception.
     *
     * @phpstan-param array{categories?: list<string>, words?: list<string>|array<string, list<string>>} $options
     *     categories: only these; all without it
     * @return list<array{category: string, match: string, position: int, length: int}> by position, in characters from 0.
     *     category: 'profanity', 'insult', 'threat', 'violence', 'promotion', 'superlative', 'claim', 'shortener',
     *     'mixed_alphabet', 'forbidden_…' (must not be advertised by SMS), 'disclaimer_…' (needs a warning or terms)
     * @throws \ValueError malformed text, an unknown option or category, a word that cannot be read
     * @throws \TypeError an option of another type
     */
    function vestnik_text_inspect(#[\SensitiveParameter] string $text, array $options = []): array {}

    /**
     * Whether a text is advertising, a service message or a code. Any promotional part makes it advertising, and when
     * nothing shows that it is a service message, it is advertising too.
     *
     * @param string $declared 'advertising', 'service' or 'authentication'; advertising stays advertising
     * @return array{category: string, reasons: list<array{match: string, position: int, length: int, why: string, why_en: string}>}
     *     reasons: what decided, at least one; match '' and length 0 for a reason about the whole text
     * @throws \ValueError malformed text, an unknown category
     */
    function vestnik_text_classify(#[\SensitiveParameter] string $text, string $declared = 'service'): array {}

    /**
     * Puts values in place of {names}.
     *
     * @phpstan-param array<string, string|int|float|null> $vars null counts as absent
     * @throws \ValueError a name without a value or with an empty one, malformed text
     * @throws \TypeError a value of another type
     */
    function vestnik_template_render(#[\SensitiveParameter] string $template, #[\SensitiveParameter] array $vars): string {}

    /**
     * The dearest text a template can become, over all values its variables can take.
     *
     * @phpstan-param array<string, string|int|float|null|non-empty-list<string|int|float|null>> $values all that a
     *     variable can be, or the one thing it is; null stands for empty
     * @return array{text: string, encoding: string, units: int, segments: int, remaining: int, vars: array<string, string>}
     *     vars: the values in that text
     * @throws \ValueError as vestnik_template_render(), for any of the values; an empty list
     * @throws \TypeError a value of another type
     */
    function vestnik_template_worst_case(#[\SensitiveParameter] string $template, #[\SensitiveParameter] array $values): array {}

    /**
     * Whether a send window is open in all of some time zones, and from when on it is.
     *
     * @phpstan-param list<string> $timezones IANA names; empty means unknown: all Russian zones
     * @phpstan-param array{from: string, to: string} $window allowed local hours 'HH:MM', half-open, may wrap midnight; equal
     *     ends: always open
     * @return array{open: bool, next: ?int} next: first open instant from $at on, null if none lies within 4 days
     * @throws \ValueError an unknown zone, malformed hours, an unknown key
     */
    function vestnik_send_window(array $timezones, int $at, array $window): array {}

    /* ---- consent ---- */

    /**
     * Records a consent in the ledger. A weaker grant never lowers a stronger one; after a withdrawal a grant starts
     * anew.
     *
     * evidence: source ('checkout'|'registration'|'form'|'survey'|'chatbot'|'call'|'paper'|'import'), wording (the full
     * text the person saw), and optional confirmed_by ('code'|'kernel'; absent: the status is 'unconfirmed'), purpose
     * ('advertising' (default)|'service'|'survey'|'data'), entity, customer, pre_ticked (bool), separate (bool), url,
     * ip, user_agent, actor, topics (list<string>), at (default now). For checkout, registration, form, survey and
     * chatbot pre_ticked = false and separate = true must be given, else the proof is incomplete (rule R05).
     *
     * @phpstan-param array<string, mixed> $evidence
     * @return array{status: string, since: ?int, source: ?string, complete: bool, event: ?int, purpose: string, entity: string, stops: list<array<string, mixed>>}
     *     as vestnik_consent_status()
     * @throws \ValueError a phone that cannot be read, an unknown key, no source or no wording, an `at` in the future
     * @throws \Vestnik\StoreException
     */
    function vestnik_consent_grant(#[\SensitiveParameter] string $phone, #[\SensitiveParameter] array $evidence): array {}

    /**
     * Records a withdrawal; what waits and needs this consent is cancelled at once. Keys as for vestnik_consent_grant(),
     * all optional, and channel, text, keyword, message (the id of an inbound one), reason, scope
     * ('advertising'|'all').
     *
     * @phpstan-param array<string, mixed> $evidence
     * @return array<string, mixed> as vestnik_consent_status(), and what was done
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_consent_withdraw(#[\SensitiveParameter] string $phone, #[\SensitiveParameter] array $evidence): array {}

    /**
     * What is known of a person's consent towards one entity, and the stops in force.
     *
     * @param string $purpose 'advertising'|'service'|'survey'|'data'
     * @param string|null $entity null: the only one
     * @return array{status: string, since: ?int, source: ?string, complete: bool, event: ?int, purpose: string, entity: string, stops: list<array<string, mixed>>}
     *     status: 'granted'|'unconfirmed'|'withdrawn'|'none'. complete: the proof holds all that R05 asks for. event:
     *     number in the ledger
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_consent_status(#[\SensitiveParameter] string $phone, string $purpose = 'advertising', ?string $entity = null): array {}

    /* ---- stop list ---- */

    /**
     * Puts a number on the stop list of an entity; what waits for it and falls under the stop is cancelled at once.
     *
     * reason: reason (words), and optional kind ('opt_out' (default)|'complaint'|'provider'|'operator_bar'), scope
     * ('advertising' (default)|'all': service too, never authentication), entity (default: the only one), author,
     * expires.
     *
     * @phpstan-param array<string, mixed> $reason
     * @return array{phone: string, entity: string, kind: string, scope: string, reason: string, author: ?string, added: int, expires: ?int, cancelled: int}
     *     the entry, and how many waiting messages were cancelled
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_stop_add(#[\SensitiveParameter] string $phone, #[\SensitiveParameter] array $reason): array {}

    /**
     * Takes a number off the stop list.
     *
     * @phpstan-param array<string, mixed> $reason reason (words), and optional kind (default 'opt_out'), entity, author
     * @return array{removed: bool, phone: string, entity: string, kind: string}
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_stop_remove(#[\SensitiveParameter] string $phone, #[\SensitiveParameter] array $reason): array {}

    /**
     * @phpstan-param array<string, mixed> $filter entity, phone, kind, scope, from, to (added, half-open), sort ('added'|'phone'), offset
     * @return array{items: list<array<string, mixed>>, next: ?string}
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_stop_list(#[\SensitiveParameter] array $filter = [], int $limit = 100, ?string $after = null): array {}

    /**
     * @phpstan-param array<string, mixed> $filter as for vestnik_stop_list()
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_stop_count(#[\SensitiveParameter] array $filter, int $stop_at = 100000): int {}

    /* ---- messages ---- */

    /**
     * What the gate would decide now, without any effect.
     *
     * message: phone, category ('advertising'|'service'|'authentication'), text or template with vars, and optional
     * entity, sender, provider, key (1 to 191 bytes), not_before, valid_until, timezone, campaign, order, basis
     * ('contract'|'service_consent'|'request' or one of rules.R08.bases), tags (list<string>), site, customer,
     * approved_by, scenario (one of settings.scenarios: its approver stands for the message), acknowledged (rule ids
     * whose warnings are accepted), debt (bool: a reminder of an overdue payment), offer_until (the end of what is
     * offered), region (of delivery: its time zone, when timezone is not given), priority (0 to 9, among
     * advertisements of one person; default 0 in a campaign, else 5), links (list: links that belong to the order).
     * order and customer may be int. A text has at most 10,000 characters. A key that is null counts as absent.
     *
     * The decision: refuse beats defer beats send. category: what the text is treated as. text: final. due: first
     * lawful instant, null when the verdict is send; without a finding it is not_before, or a campaign's next preferred
     * hours. timezones: empty when unknown. findings: only rules that did not pass, each with its legal basis and words
     * for a person in Russian and English.
     *
     * @phpstan-param array<string, mixed> $message
     * @return array{verdict: string, category: string, text: string, encoding: string, segments: int, due: ?int, timezones: list<string>, findings: list<array{rule: string, code: string, verdict: string, basis: string, explanation: string, basis_en: string, explanation_en: string, acknowledged?: bool}>}
     *     verdict: 'send'|'defer'|'refuse'; of a finding: 'refuse'|'defer'|'rewrite'|'warn'
     * @throws \ValueError an unknown key (named), no phone, category or text, an unknown category, entity, provider or
     *     zone, malformed UTF-8, a NUL byte, a text or key of a forbidden length
     * @throws \TypeError a value of a wrong type (its key is named)
     * @throws \Vestnik\SettingsException no settings yet
     * @throws \Vestnik\StoreException
     */
    function vestnik_check(#[\SensitiveParameter] array $message): array {}

    /**
     * Decides and stores a message; returns after it is durable. The same key of the same entity returns the first
     * message's receipt with duplicate true; a refused message keeps no key.
     *
     * An advertisement of a larger priority takes the slot under a frequency cap that a smaller one only reserved. That
     * one moves to its next possible instant, with reason `outbid` and an event, or is refused when it would come too late.
     *
     * @phpstan-param array<string, mixed> $message as for vestnik_check()
     * @return array{verdict: string, category: string, text: string, encoding: string, segments: int, due: ?int, timezones: list<string>, findings: list<array<string, mixed>>, id: string, state: string, duplicate: bool}
     * @throws \ValueError
     * @throws \TypeError
     * @throws \Vestnik\SettingsException no settings yet
     * @throws \Vestnik\StoreException nothing was stored
     */
    function vestnik_submit(#[\SensitiveParameter] array $message): array {}

    /**
     * Decides and stores many messages with at most 64 MB of memory. Messages are pulled a window at a time with no
     * transaction open, so a generator may itself call any function. A row that vestnik_submit() would refuse with an
     * exception is counted as invalid, the first 100 with index and reason. When the iterable throws, earlier windows
     * stay and the current one is dropped; keys make a second run safe.
     *
     * @phpstan-param iterable<array<string, mixed>> $messages
     * @phpstan-param array<string, mixed> $options none so far
     * @return array{total: int, send: int, defer: int, refuse: int, duplicate: int, invalid: int, codes: array<string, int>, errors: list<array{index: int, reason: string}>}
     * @throws \ValueError an unknown option
     * @throws \Vestnik\SettingsException no settings yet
     * @throws \Vestnik\StoreException
     */
    function vestnik_submit_batch(#[\SensitiveParameter] iterable $messages, array $options = []): array {}

    /**
     * The rules of the gate in the order of evaluation, for people: names, articles, the findings each can make. An
     * instant outside of [valid_from, valid_until) knows no such rule. Needs no store.
     *
     * @return list<array{id: string, name: string, name_en: string, basis: string, basis_en: string, categories: list<string>, valid_from: ?int, valid_until: ?int, findings: list<array{code: string, verdict: string}>}>
     */
    function vestnik_rules(): array {}

    /**
     * What stored decisions would have been under other rules, from the facts as they were then. Reads some hundred
     * messages at a time; nothing is open in between. Counts as the present what was decided at submit, whatever became
     * of the message since.
     *
     * @param int $from messages created from this instant on …
     * @param int $to … and before this one
     * @phpstan-param array<string, mixed> $rules as `rules` in the settings, and optionally `windows` and `caps`: each in
     *     place of what held when the message was submitted, the rest as it was; []: all as it was
     * @return iterable<int, array{id: string, created: int, category: string, was: array<string, mixed>, would: array<string, mixed>, text_differs: bool, differs: bool}>
     *     a \Vestnik\Replay. category: as declared. was, would: {verdict, category (treated as), codes: list<string> of the
     *     findings, due: ?int, segments}. differs: in any of these or in the final text
     * @throws \ValueError $to before $from
     * @throws \Vestnik\SettingsException the text begins with the path: "rules.R27.segments.advertising: expected …"
     * @throws \Vestnik\StoreException
     */
    function vestnik_replay(int $from, int $to, array $rules = []): iterable {}

    /**
     * One message by its id; null when there is none.
     *
     * @return array{id: string, entity: string, phone: ?string, category: string, state: string, held: bool, waits: array{for: string, until: ?int}|null, text: string, encoding: string, units: int, segments: int, sender: ?string, provider: ?string, key: ?string, campaign: ?string, order: ?string, customer: ?string, site: ?string, basis: ?string, approved_by: ?string, debt: bool, not_before: ?int, valid_until: ?int, due: ?int, attempts: int, reason: ?string, provider_message: ?string, provider_code: ?string, created_ms: int, sending_ms: ?int, accepted_ms: ?int, final_ms: ?int, timezones: list<string>, tags: list<string>, findings: list<array<string, mixed>>}|null
     *     state: 'deferred'|'queued'|'claimed'|'sending'|'accepted'|'delivered'|'undelivered'|'refused'|'failed'|
     *     'expired'|'cancelled'|'in_doubt'. waits: why it is not sent yet, and until when
     * @throws \Vestnik\StoreException
     */
    function vestnik_message(string $id): ?array {}

    /**
     * Messages by time.
     *
     * @phpstan-param array<string, mixed> $filter id, entity, phone, order, campaign, customer, tag, state (one or a list),
     *     category, held (bool), from, to (created, half-open), sort ('created'|'-created' (default)), offset
     * @return array{items: list<array<string, mixed>>, next: ?string}
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_message_list(#[\SensitiveParameter] array $filter = [], int $limit = 100, ?string $after = null): array {}

    /**
     * @phpstan-param array<string, mixed> $filter as for vestnik_message_list()
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_message_count(#[\SensitiveParameter] array $filter, int $stop_at = 100000): int {}

    /**
     * Cancels what waits (deferred, queued, held), also what a worker has claimed but not yet begun to send. What is
     * being sent or was sent stays as it is.
     *
     * @phpstan-param array<string, mixed> $filter as for vestnik_message_list(); an empty one is refused
     * @return int how many were cancelled
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_cancel(#[\SensitiveParameter] array $filter): int {}

    /**
     * Holds what waits: it is not sent until vestnik_release(), but still cancelled, stopped and expired.
     *
     * @phpstan-param array<string, mixed> $filter as for vestnik_message_list(); an empty one is refused
     * @return int how many are held now that were not before
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_hold(#[\SensitiveParameter] array $filter): int {}

    /**
     * @phpstan-param array<string, mixed> $filter as for vestnik_message_list(); an empty one is refused
     * @return int how many were released
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_release(#[\SensitiveParameter] array $filter): int {}

    /* ---- dispatch ---- */

    /**
     * One slice of a worker's work; a worker is a loop around it. Returns at once when nothing is to be done. Requests
     * may stay on the wire between slices; the end of a PHP request waits for them, at most the provider's timeout.
     *
     * @param int $budget_ms 0 to 3,600,000
     * @phpstan-param array{drain?: bool} $options drain: take nothing new, settle what is in flight
     * @return array{sent: int, settled: int, claimed: int, expired: int, recovered: int, in_doubt: int, in_flight: int, next_due: ?int, idle: bool}
     *     counts of messages in this slice; in_flight: still on the wire; next_due: earliest instant at which something
     *     becomes due, null when nothing waits; idle: nothing is left to do now
     * @throws \ValueError
     * @throws \Vestnik\SettingsException a secret cannot be resolved
     * @throws \Vestnik\StoreException
     */
    function vestnik_dispatch(int $budget_ms = 1000, array $options = []): array {}

    /**
     * A provider's webhook: delivery reports and inbound messages. Stored before the reply is returned.
     *
     * @param string $provider name of a configured provider
     * @phpstan-param array<string, mixed> $request {method: string, headers: array<string, string|list<string>>, query: array
     *     as in $_GET, body: string, raw}
     * @return array{reply: array{status: int, body: string}, events: int} what to answer, and how many records were new
     * @throws \ValueError an unknown provider or key
     * @throws \Vestnik\StoreException nothing was stored: answer 5xx, so that the provider asks again
     */
    function vestnik_receive(string $provider, #[\SensitiveParameter] array $request): array {}

    /* ---- documents and events ---- */

    /**
     * Stores a document of the application (templates, scenarios, surveys, audiences).
     *
     * @phpstan-param array<int|string, mixed> $document null, bool, int, finite float, string and arrays of them, at most 64 levels
     * @param int|null $version the version that was read, 0: there must be none; null: no check
     * @return int the new version
     * @throws \ValueError
     * @throws \TypeError
     * @throws \Vestnik\StoreException a stale version
     */
    function vestnik_document_put(string $kind, string $id, array $document, ?int $version = null): int {}

    /**
     * @return array{kind: string, id: string, version: int, changed: int, document: array<int|string, mixed>}|null
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_document_get(string $kind, string $id): ?array {}

    /**
     * @phpstan-param array<string, mixed> $filter kind, sort ('id' (default)|'changed'), offset
     * @return array{items: list<array<string, mixed>>, next: ?string}
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_document_list(array $filter = [], int $limit = 100, ?string $after = null): array {}

    /**
     * @phpstan-param array<string, mixed> $filter as for vestnik_document_list()
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_document_count(array $filter, int $stop_at = 100000): int {}

    /**
     * @return bool whether there was one
     * @throws \ValueError
     * @throws \Vestnik\StoreException
     */
    function vestnik_document_delete(string $kind, string $id): bool {}

    /**
     * What happened, in commit order; kept 30 days (setting).
     *
     * @param int $after number of the last event seen; 0 starts at the oldest kept
     * @param int $limit 1 to 10,000
     * @return list<array{number: int, at: int, type: string, message: ?string, phone: ?string, entity: ?string, data: array<string, mixed>}>
     * @throws \ValueError a cursor older than the oldest event kept, other than 0
     * @throws \Vestnik\StoreException
     */
    function vestnik_events(int $after = 0, int $limit = 1000): array {}
}

namespace Vestnik {
    /** What every exception of the extension implements, beside \ValueError and \TypeError for misuse. */
    interface Exception extends \Throwable
    {
        /** Whether the same call may succeed later without any change. */
        public function isRetryable(): bool;
    }

    /** The store cannot be used, or refused; nothing was half-written. */
    final class StoreException extends \RuntimeException implements Exception
    {
        private bool $retryable = false;

        public function isRetryable(): bool {}
    }

    /** A provider answered what its protocol does not allow, or not at all. */
    final class ProviderException extends \RuntimeException implements Exception
    {
        private bool $retryable = false;

        /** @implementation-alias Vestnik\StoreException::isRetryable */
        public function isRetryable(): bool {}
    }

    /** Settings or INI entries are refused; the message begins with the path. */
    final class SettingsException extends \RuntimeException implements Exception
    {
        private bool $retryable = false;

        /** @implementation-alias Vestnik\StoreException::isRetryable */
        public function isRetryable(): bool {}
    }

    /**
     * What vestnik_replay() returns; may be gone through again. A forked process goes on with its own connection; a store
     * that was replaced by another ends it with a StoreException.
     *
     * @strict-properties
     * @not-serializable
     */
    final class Replay implements \Iterator
    {
        private function __construct() {}

        /** @return array<string, mixed>|null */
        public function current(): ?array {}

        public function key(): int {}

        /** @throws StoreException */
        public function next(): void {}

        /** @throws StoreException */
        public function rewind(): void {}

        public function valid(): bool {}
    }
}
