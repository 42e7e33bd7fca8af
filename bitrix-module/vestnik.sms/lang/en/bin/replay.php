<?php

$MESS['VESTNIK_SMS_REPLAY_USAGE'] = 'Usage: php -d vestnik.store=DSN replay.php --from=DAY --to=DAY [--rules=FILE] [--csv=FILE] [--html=FILE]

What decisions on stored SMS would have been under other rules, from the facts as they were known then. Sends nothing
and changes nothing.

  --from=2026-10-01   the first day
  --to=2026-11-01     the day after the last
  --timezone=ZONE     whose days (Europe/Moscow)
  --rules=FILE        JSON: rules, as `rules` in the settings, and optionally `windows` and `caps`; each key in place of
                      what held then. Without a file: the rules as they were
  --csv=FILE          a table of the SMS whose decisions would differ
  --html=FILE         a summary to read and print
  --help              this

The reports hold no phones and no texts. Exit codes: 0 done, 64 wrong options, 69 the extension is not loaded, 74 the
store cannot be used, 77 another user than the store\'s, 78 the rules are wrong.';
$MESS['VESTNIK_SMS_REPLAY_NO_EXTENSION'] = 'the extension "vestnik" is not loaded in #PHP#.';
$MESS['VESTNIK_SMS_REPLAY_TROUBLE'] = '#WORDS#';
$MESS['VESTNIK_SMS_REPLAY_DONE'] = 'Decisions replayed: #DECISIONS#, of which would differ: #DIFFER#.';
$MESS['VESTNIK_SMS_REPLAY_TITLE'] = 'Decisions on SMS under other rules';
$MESS['VESTNIK_SMS_REPLAY_PERIOD'] = 'SMS created from #FROM# until #TO#.';
$MESS['VESTNIK_SMS_REPLAY_ZONE'] = 'Time: #ZONE#.';
$MESS['VESTNIK_SMS_REPLAY_ABOUT'] = 'Each decision was made again from the facts known then: consents, refusals, time zone, the number of SMS received before. What became of an SMS later does not count, nor that under other rules the person would have received more or fewer before it.';
$MESS['VESTNIK_SMS_REPLAY_FOOT'] = 'The report holds no phones and no texts. An SMS can be found in the journal by its ID.';
$MESS['VESTNIK_SMS_REPLAY_NOTHING'] = 'None.';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_DECISIONS'] = 'Decisions replayed';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_DIFFER'] = 'Would differ';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_TIMES'] = 'Deferred to another time';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_TEXTS'] = 'Would have another text';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_SEGMENTS'] = 'Billed segments, more or fewer';
$MESS['VESTNIK_SMS_REPLAY_HEAD_VERDICTS'] = 'Other verdicts';
$MESS['VESTNIK_SMS_REPLAY_HEAD_RULES'] = 'By rule';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_SEND'] = 'send';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_DEFER'] = 'defer';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_REFUSE'] = 'refuse';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_ADVERTISING'] = 'advertising';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_SERVICE'] = 'service';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_AUTHENTICATION'] = 'code';
$MESS['VESTNIK_SMS_REPLAY_YES'] = 'yes';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_ID'] = 'ID';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_CREATED'] = 'Created';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_CATEGORY'] = 'Category';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS'] = 'Verdict was';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD'] = 'Verdict would be';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_CODES'] = 'Findings were';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_CODES'] = 'Findings would be';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_DUE'] = 'Deferred until';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_DUE'] = 'Would be deferred until';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_SEGMENTS'] = 'Segments were';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_SEGMENTS'] = 'Segments would be';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_TEXT'] = 'Other text';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_COUNT'] = 'SMS';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_RULE'] = 'Rule';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_BASIS'] = 'Basis';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_MORE'] = 'More';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_FEWER'] = 'Fewer';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_EXAMPLES'] = 'Examples (ID)';
