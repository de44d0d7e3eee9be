export {
  actorNow,
  asExercise,
  contextIfAny,
  currentContext,
  deviceContext,
  inCity,
  LOCAL_OPERATOR,
  serviceContext,
  withContext,
  type Context,
  type Press,
  type Principal,
} from './context.ts';
export { ConfigError, loadConfig, servedCities, ServiceConfig } from './config.ts';
export { CityRecords, readCities } from './city-records.ts';
export { createLogger, type Logger } from './log.ts';
export { metrics } from './metrics.ts';
export { csvFile, wantsCsv } from './csv-answer.ts';
export { Health, type HealthReport } from './health.ts';
export { audited, AUDITOR, type Action, type Auditor } from './auditor.ts';
export { bearerToken, signTicket, signToken } from './principal.ts';
export type { Standing } from './standing.ts';
export { Admission } from './admission.ts';
export { readBody, type BodyLimits } from './body.ts';
export { tooBusy, tooMany, type TooOften } from './turned-away.ts';
export { neighbourhoodOf, RateLimit, type Rate } from './rate-limit.ts';
export { guardedLookup, hostOfUrl, literalAddress, Networks } from './networks.ts';
export { Outgoing, type OutgoingAnswer, type Outbound } from './outgoing.ts';
export { MessagesUnderWay, triedAgainAtMs } from './messages-under-way.ts';
export { newWebhookSecret, signedHeaders } from './signed-headers.ts';
export { FaultFilter, problemOf, refuse, unreadableAddress } from './fault-filter.ts';
export { PerCity } from './per-city.ts';
export { PRESSES, type Presses } from './press.ts';
export { REVEAL_USED } from './reveal-use.ts';
export { Route } from './route.ts';
export { RouteSettings, type DoorSettings } from './route-settings.ts';
export { ServiceModule, serviceSettings, type ServiceSettings } from './service.module.ts';
export { main, start, tlsOf, TRANSPORT, type RunningService, type StartOptions } from './start.ts';
export { notThisMachine } from './this-machine.ts';
export { readCertificate, termsOf, type Certificate, type CertificateFiles } from './tls/certificate.ts';
export { followCertificate } from './tls/renewal.ts';
export { startTraces, traceparent, withSpan } from './traces.ts';
export { TooLate, withinMs } from './within-ms.ts';
export { numberFor, numberOf, numberOfPress } from './numbers.ts';
