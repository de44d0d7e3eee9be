export { beforeFirst, chained, chainHash, frontIn, RETENTION, subjectOfFront } from './audit-chain.ts';
export { ChainCheck, type ChainBreak } from './chain-check.ts';
export { readCookie, readCookies, writeCookie, writeCookies } from './cookies.ts';
export { carriedKey } from './device-door/carried-key.ts';
export { DeviceBodies, deviceRequestOf } from './device-door/device-bodies.ts';
export { DeviceDoubts, unprovenWords, type Doubted } from './device-door/device-doubts.ts';
export { DeviceLimits, type DeviceRates } from './device-door/device-limits.ts';
export {
  booleanOf,
  jsonOf,
  listOf,
  numberOf,
  numberOfText,
  paramsOf,
  type DeviceRequest,
} from './device-door/device-request.ts';
export { deviceTimeMs } from './device-door/device-time.ts';
export { doorPaths } from './device-door/door-paths.ts';
export { RecordedReports } from './device-door/recorded-reports.ts';
export { Strangers, type Heard, type SeenStranger } from './device-door/strangers.ts';
export { hashOfKey, keyIn, newDeviceKey, withoutKeys } from './device-key.ts';
export { DeviceProofs, type DeviceProof, type Disbelief, type ProofListener } from './device-proofs.ts';
export { IdentityModule } from './identity.module.ts';
export { LogStanding, type StandingListener } from './log-standing.ts';
export {
  mayManage,
  rolesOfScreen,
  scopeOf,
  type Administered,
  type Administrator,
  type Scope,
} from './object-rules.ts';
export { hashOfSecret, newSecret } from './secret.ts';
