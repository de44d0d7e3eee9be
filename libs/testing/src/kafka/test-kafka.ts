/** A real Apache Kafka with one broker. */
export interface TestKafka {
  /** `127.0.0.1:43210`, as in `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** Ends it without warning; absent for a broker of somebody else's. */
  readonly kill9?: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}
