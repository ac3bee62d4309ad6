// A reporter for node:test: prints failing tests in full, then a last line `N passed, N failed` that counts single tests.

export default async function* countReporter(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (data.details?.type === 'suite') continue;
    if (type === 'test:pass' && !data.skip) passed += 1;
    // A parent fails with its subtests; those are counted and shown themselves.
    if (type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed') {
      failed += 1;
      yield `\nFAILED ${data.name}${data.file ? ` (${data.file}:${data.line})` : ''}\n${describe(data.details.error)}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}

function describe(error) {
  const cause = error?.cause ?? error;
  return (cause?.stack ?? String(cause)).replace(/^/gm, '  ');
}
