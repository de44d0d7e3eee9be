import type { FaultProxy } from '../fault-proxy.ts';

/** A real Apache Kafka with one broker. What stops, proxies and freezes it is absent for a broker of somebody else's. */
export interface TestKafka {
  /** `127.0.0.1:43210`, as in `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** The same broker through a network that can be told to fail; its `address` goes into `KAFKA_BROKERS`. */
  readonly proxy?: FaultProxy;
  /** Ends it without warning. */
  readonly kill9?: () => Promise<void>;
  /** SIGSTOP: it takes connections and answers nothing. */
  readonly freeze?: () => Promise<void>;
  /** SIGCONT: it goes on with what it was doing. */
  readonly thaw?: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}
