import { describe, expect, it } from '@jest/globals';
import { newWebhookSecret, signedHeaders } from './signed-headers.ts';

describe('a message', () => {
  it('is signed as Standard Webhooks has it', () => {
    // the example of the specification's reference libraries
    const message = {
      ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' },
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    };
    expect(signedHeaders(message, 1_614_265_330_000)).toMatchObject({
      ...{ 'webhook-id': message.id, 'webhook-timestamp': '1614265330' },
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is signed by a secret of its own address', () => {
    expect(newWebhookSecret()).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
