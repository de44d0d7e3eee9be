export { beforeFirst, chained, chainHash, frontIn, RETENTION, subjectOfFront } from './audit-chain.ts';
export { ChainCheck, type ChainBreak } from './chain-check.ts';
export { readCookie, readCookies, writeCookie, writeCookies } from './cookies.ts';
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
