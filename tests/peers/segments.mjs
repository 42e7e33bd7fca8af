/*
 * Compares encoding, units and segments with Twilio's sms-segments-calculator: the cases of tests/core/data/measure.json as
 * they are expected, and texts put together at random as vestnik_text_measure measures them. The one reason to differ is
 * named below; a difference without it is a failure.
 *
 *   node segments.mjs FOLDER FILE                       FILE: a JSON list of {text, encoding, units, segments}
 *   node segments.mjs FOLDER --speed WHAT N FILE        WHAT: segments or smart; N texts of a JSON list, for the benchmark
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(process.argv[2] ?? '.')
const require = createRequire(join(folder, 'package.json'))
const { SegmentedMessage } = require('sms-segments-calculator')
const Graphemes = require('grapheme-splitter')
const version = JSON.parse(readFileSync(join(folder, 'node_modules/sms-segments-calculator/package.json'), 'utf8')).version

const splitter = new Graphemes()

/* TS 23.040 forbids only to split an escape or a surrogate pair. They keep whole graphemes together: more segments. */
function graphemesMatter(text) {
  return splitter.splitGraphemes(text).some(grapheme => [...grapheme].length > 1)
}

function built(value) {
  return typeof value === 'string' ? value : value.map(part => typeof part === 'string' ? part : part[0].repeat(part[1])).join('')
}

function theirs(text) {
  const message = new SegmentedMessage(text)
  const bits = message.encodingName === 'GSM-7' ? 7 : 16

  return { encoding: message.encodingName, units: message.messageSize / bits, segments: text === '' ? 0 : message.segmentsCount }
}

function compare(file) {
  const cases = JSON.parse(readFileSync(join(here, '../core/data/measure.json'), 'utf8'))
  const rows = [...cases.map(row => ({ ...row, text: built(row.text) })), ...JSON.parse(readFileSync(file, 'utf8'))]
  let explained = 0, unexplained = 0

  for (const row of rows) {
    const other = theirs(row.text)
    if (['encoding', 'units', 'segments'].every(key => row[key] === other[key])) {
      continue
    }
    if (row.encoding === other.encoding && row.units === other.units && graphemesMatter(row.text)) {
      explained++
    } else {
      unexplained++
      console.log(`without a reason: ${JSON.stringify(row.text).slice(0, 120)}: ours ${row.encoding} ${row.units} ${row.segments}, theirs ${JSON.stringify(other)}`)
    }
  }
  console.log(`sms-segments-calculator ${version}: ${rows.length} texts, ${explained} differ since they keep graphemes of several`
    + ` characters together where a part ends, ${unexplained} differ without a reason`)
  return unexplained === 0 && rows.length > cases.length + 1000 ? 0 : 1
}

function speed(smart, total, file) {
  const texts = JSON.parse(readFileSync(file, 'utf8'))
  let segments = 0
  const run = count => {
    for (let i = 0; i < count; i++) {
      segments += new SegmentedMessage(texts[i % texts.length], 'auto', smart).segmentsCount
    }
  }

  run(2000) // until it is compiled
  const started = process.hrtime.bigint()
  run(total)
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9, count: total, segments }))
  return 0
}

const [, , , first, ...rest] = process.argv
process.exitCode = first === '--speed' ? speed(rest[0] === 'smart', Number(rest[1]), rest[2]) : compare(first)
