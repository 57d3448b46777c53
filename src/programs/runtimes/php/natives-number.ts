import type { Native, Natives } from '../core/lang.ts';
import { float, integer, isFloat, numeric } from '../core/values.ts';
import { raise } from './errors.ts';
import { roundHalf } from './format.ts';
import { int, toFloat } from './values.ts';

const math =
  (f: (...n: number[]) => number): Native =>
  (vm, args) =>
    float(f(...args.map((v) => toFloat(vm, v))));
/** Functions of numbers. */
export const numberNatives: Natives = {
  abs: (vm, [v = 0]) => (isFloat(v) ? float(Math.abs(numeric(v) ?? 0)) : Math.abs(int(vm, v))),
  floor: math(Math.floor),
  ceil: math(Math.ceil),
  round: (vm, [v = 0, digits = 0]) => float(roundHalf(toFloat(vm, v), int(vm, digits))),
  sqrt: math(Math.sqrt),
  pow: (vm, [a = 0, b = 0]) => vm.lang.binary(vm, '**', a, b),
  exp: math(Math.exp),
  log: (vm, [v = 0, base]) =>
    float(base === undefined ? Math.log(toFloat(vm, v)) : Math.log(toFloat(vm, v)) / Math.log(toFloat(vm, base))),
  log10: math(Math.log10),
  log2: math(Math.log2),
  sin: math(Math.sin),
  cos: math(Math.cos),
  tan: math(Math.tan),
  atan: math(Math.atan),
  atan2: math(Math.atan2),
  pi: () => float(Math.PI),
  hypot: math(Math.hypot),
  deg2rad: math((n) => (n * Math.PI) / 180),
  fmod: math((a, b) => a % b),
  fdiv: math((a, b) => a / b),
  intdiv: (vm, [a = 0, b = 0]) =>
    int(vm, b) === 0
      ? raise(vm, 'DivisionByZeroError', 'Division by zero')
      : integer(Math.trunc(int(vm, a) / int(vm, b))),
};
