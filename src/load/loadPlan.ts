import type { ArrivalPattern, FaultShare, LoadStage } from '../core/load.js';
import type { Random } from '../core/random.js';
import type { StatusRule } from '../core/status.js';
import type { Clock } from '../core/world.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { FlightCounter, LoadShare } from './loadPart.js';
import type { LoadUnit } from './loadUnit.js';
import type { MachineWatch } from './machineWatch.js';

/** The time that a load goes by. */
export interface LoadTimer {
  /** Milliseconds from any start. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets what has come be read. */
  breathe(): Promise<void>;
}

/** The part of a load that one thread sends. */
export interface LoadPlan {
  readonly units: readonly LoadUnit[];
  readonly stages: readonly LoadStage[];
  readonly arrivals: ArrivalPattern;
  /** Random numbers for the times of arrivals; the same in all threads. */
  readonly schedule: Random;
  /** The arrivals of this thread: each `of`th, from the `index`th on. */
  readonly share: LoadShare;
  /** Seconds at the start that are in no figure of the whole. */
  readonly warmUpSeconds: number;
  /** The most deliveries in flight; what is due beyond it is dropped. */
  readonly maxInFlight: number;
  readonly flights: FlightCounter;
  /** The share of deliveries that are sent twice. */
  readonly duplicate: number;
  /** Shares of deliveries with deliberate faults. */
  readonly faults: readonly FaultShare[];
  /** Milliseconds, in place of the events' own limits. */
  readonly timeLimitMs: number | null;
  readonly expect: StatusRule | null;
  readonly transport: DeliveryTransport;
  /** Random numbers for the unit of an arrival, and its faults. */
  readonly random: Random;
  readonly clock: Pick<Clock, 'now'>;
  readonly timer: LoadTimer;
  readonly machine: MachineWatch;
  readonly signal: AbortSignal;
}
