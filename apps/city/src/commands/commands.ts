import * as audit from './audit.ts';
import { backup } from './backup.ts';
import * as certificate from './certificate.ts';
import * as cities from './cities.ts';
import type { Command } from './command.ts';
import * as map from './map.ts';
import * as device from './device.ts';
import * as dlq from './dlq.ts';
import { clear } from './exercise.ts';
import { restore } from './restore.ts';
import { rotate } from './secret.ts';
import { status } from './status.ts';
import { token } from './token.ts';
import * as user from './user.ts';

/** Noun and verb of every command, in the order in which help tells them; some are one word. */
export const commands: Readonly<Record<string, Command>> = {
  'city status': status,
  'city add': cities.add,
  'city list': cities.list,
  'user list': user.list,
  'user invite': user.invite,
  'user block': user.block,
  'user unblock': user.unblock,
  'user renew-password': user.renewPassword,
  'user erase': user.erase,
  'device list': device.list,
  'device key': device.key,
  'device block': device.block,
  'device unblock': device.unblock,
  'certificate make': certificate.make,
  'certificate renew': certificate.renew,
  'secret rotate': rotate,
  'audit verify': audit.verify,
  'audit export': audit.exportChain,
  'dlq list': dlq.list,
  'dlq replay': dlq.replay,
  'exercise clear': clear,
  'map import': map.importStreets,
  backup,
  restore,
  token,
};
