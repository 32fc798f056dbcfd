// Verifies a message as partners do who write JavaScript: {secret, headers, body} from
// its input; prints what the message says, or `refused`.
const { Webhook, WebhookVerificationError } = require('standardwebhooks')

const { secret, headers, body } = JSON.parse(require('fs').readFileSync(0, 'utf8'))
try {
  console.log(JSON.stringify(new Webhook(secret).verify(body, headers)))
} catch (error) {
  if (!(error instanceof WebhookVerificationError)) throw error
  console.log('refused')
}
