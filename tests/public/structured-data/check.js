// Reads a page from its input; prints what the testing tool made of it, as JSON.
const { structuredDataTest } = require('structured-data-testing-tool')
const { Google } = require('structured-data-testing-tool/presets')

const page = require('fs').readFileSync(0, 'utf8')
const told = (result) => ({
  schemas: result.schemas || [],
  passed: result.passed.map((each) => each.test),
  failed: result.failed.map((each) => `${each.test}: ${(each.error || {}).message}`),
  warnings: result.warnings.map((each) => each.test),
})

structuredDataTest(page, { presets: [Google] })
  .then(told, (broken) => {
    if (!broken.res) throw broken
    return told(broken.res)
  })
  .then((found) => console.log(JSON.stringify(found)))
