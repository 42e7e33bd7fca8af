/*
 * Compares what vestnik_phone_parse is expected to read (tests/core/data/phones.json and phone_forms.json) with
 * libphonenumber-js. Every difference has its reason below; one without a reason is a failure.
 *
 *   node phone.mjs FOLDER           FOLDER/node_modules has libphonenumber-js; compares, and the document with them
 *   node phone.mjs FOLDER --write   writes docs/phone-differences.md
 *   node phone.mjs FOLDER --speed parse N FILE   parses the texts of a JSON list N times in all, for the benchmark
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(process.argv[2] ?? '.')
const require = createRequire(join(folder, 'package.json'))
const { parsePhoneNumberFromString } = require('libphonenumber-js/max')
const version = JSON.parse(readFileSync(join(folder, 'node_modules/libphonenumber-js/package.json'), 'utf8')).version

/* Form of the input (a pattern over its whole name) and kind of difference → why. The first that fits. */
const READ = 'only we read it'
const THEIRS = 'only they read it'
const reasons = [
  [/letters (before|after|in) it/, THEIRS, 'They look for a number in any text. In a phone field text is a sign that more than a number was meant (another person, a time to call), so it is refused; `vestnik_phone_find` is for texts.'],
  [/other characters|garbage|a plus in it|a NUL/, THEIRS, 'They drop what follows the number. We refuse what is no number and no extension: it may be what is left of another number.'],
  [/an empty extension|an extension without digits|an extension (too long|as long as a number)/, THEIRS, 'They drop what they cannot read behind the number. Words without digits may mean anything, and eight digits or more are a second number.'],
  [/two numbers/, THEIRS, 'They take the first. Which one is meant, and whose it is, only the shop can ask: `vestnik_phone_find` lists both.'],
  [/international/, READ, 'An underscore is what an input mask leaves between digits; they do not know it.'],
  [/plus before the 8/, READ, 'A Russian number dialled with 8 and typed with a plus. No country has the code +89, so nothing else can be meant.'],
  [/dialled from abroad/, READ, '00 is how +7 is dialled from most countries. They know only the prefix of the region, 8~10.'],
  [/spaces of all kinds|dashes of all kinds/, READ, 'Spaces (narrow, thin) and dashes (small form) that copied pages bring and they do not know.'],
  [/an extension/, READ, 'Russian words for an extension (вн., внутр., доп., добавочный) that they do not know, or not without a space. Only the extension is dropped, as with those they know.'],
  [/(Devanagari|Bengali|Thai|bold|monospace|emoji) digits/, READ, 'Decimal digits by Unicode. They know ASCII, fullwidth, Arabic and Persian ones.'],
  [/(inside )?another country/, READ, 'Of other countries only code and length are checked (ITU-T E.164). The zeros of these test numbers are allotted to nobody, which their full tables say.'],
  [/(inside )?another country|hand-written cases/, 'another mobile', 'Whether a number is mobile is told for Russia and Kazakhstan only, and `null` for other countries.'],
]

const MOBILE = { MOBILE: 1, FIXED_LINE: 0, TOLL_FREE: 0, PREMIUM_RATE: 0, SHARED_COST: 0, PERSONAL_NUMBER: 0, UAN: 0 }

function theirs(raw, region) {
  const phone = parsePhoneNumberFromString(raw, region)
  if (!phone || !phone.isValid()) {
    return null
  }
  return { number: phone.number, country: phone.country ?? '', mobile: MOBILE[phone.getType()] ?? -1 }
}

function ours(row) {
  return row.refused === undefined ? { number: `+${row.number}`, country: row.country, mobile: row.mobile } : null
}

function kindOf(mine, other) {
  if (mine === null || other === null) {
    return mine === other ? null : mine === null ? 'only they read it' : 'only we read it'
  }
  for (const key of ['number', 'country', 'mobile']) {
    if (mine[key] !== other[key]) {
      return `another ${key}`
    }
  }
  return null
}

function compare() {
  const groups = new Map()
  let count = 0
  for (const file of ['phones.json', 'phone_forms.json']) {
    for (const row of JSON.parse(readFileSync(join(here, '../core/data', file), 'utf8'))) {
      const region = row.region ?? 'RU'
      if (region === 'ZZ' || region === '') {
        continue // not a country: they ignore it, we refuse it as a mistake of the caller
      }
      count++
      const other = theirs(row.raw, region)
      const kind = kindOf(ours(row), other)
      if (kind === null) {
        continue
      }
      const form = row.form ?? (row.refused === undefined ? 'hand-written cases' : row.refused)
      const reason = reasons.find(([pattern, of]) => of === kind && pattern.exec(form)?.[0] === form)
      const key = `${form}\u0000${kind}`
      const group = groups.get(key) ?? { form, kind, reason: reason?.[2], raws: [] }
      group.raws.push(row.raw)
      groups.set(key, group)
    }
  }
  return { groups: [...groups.values()], count }
}

/* A raw text as it can stand in a table. */
function shown(raw) {
  const text = raw.replace(/[\u0000-\u001f\u007f\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2069\u20e3\u3000\ufe0f\ufeff]/gu,
    c => `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
  return '`' + text.replaceAll('|', '\\|') + '`'
}

function documentOf({ groups, count }) {
  const lines = [
    '# Where phone numbers are read otherwise than by libphonenumber-js', '',
    '<!-- Written by tests/peers/phone.mjs; the suite `peers` compares it. -->', '',
    `All ${count} inputs of \`tests/core/data/phones.json\` and \`phone_forms.json\` were read by \`vestnik_phone_parse\` and by`,
    '`libphonenumber-js` with its full tables (`/max`, `isValid()`). They agree on all but the following, where each has its', 'reason.', '',
  ]
  const byReason = new Map()
  for (const group of groups) {
    byReason.set(group.reason, [...(byReason.get(group.reason) ?? []), group])
  }
  for (const [reason, list] of byReason) {
    lines.push(`## ${[...new Set(list.map(g => g.form))].join(', ')}: ${list[0].kind}`, '', reason, '')
    for (const { form, raws } of list) {
      lines.push(`- ${form} (${raws.length}): ${[...new Set(raws)].map(shown).join(', ')}`)
    }
    lines.push('')
  }
  return lines.join('\n')
}

function speed(total, file) {
  const raws = JSON.parse(readFileSync(file, 'utf8'))
  for (let i = 0; i < 20000; i++) {
    parsePhoneNumberFromString(raws[i % raws.length], 'RU') // until it is compiled
  }
  const started = process.hrtime.bigint()
  let read = 0
  for (let i = 0; i < total; i++) {
    read += parsePhoneNumberFromString(raws[i % raws.length], 'RU')?.isValid() ? 1 : 0
  }
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9, count: total, read }))
}

function main() {
  if (process.argv[3] === '--speed') {
    speed(Number(process.argv[5]), process.argv[6])
    return 0
  }
  const found = compare()
  const unexplained = found.groups.filter(group => group.reason === undefined)
  for (const { form, kind, raws } of unexplained) {
    console.log(`without a reason: ${form}, ${kind}: ${raws.slice(0, 10).map(shown).join(', ')}`)
  }
  if (unexplained.length > 0) {
    return 1
  }
  const text = documentOf(found)
  const path = join(here, '../../docs/phone-differences.md')
  if (process.argv[3] === '--write') {
    writeFileSync(path, text)
  } else if (readFileSync(path, 'utf8') !== text) {
    console.log(`docs/phone-differences.md is not what libphonenumber-js ${version} gives: run phone.mjs with --write`)
    return 1
  }
  const differences = found.groups.reduce((sum, group) => sum + group.raws.length, 0)
  console.log(`libphonenumber-js ${version}: ${found.count} inputs, ${differences} differences, all with a reason`)
  return 0
}
process.exitCode = main()
