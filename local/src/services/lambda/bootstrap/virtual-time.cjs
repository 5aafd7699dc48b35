'use strict';
// Makes `Date` follow the engine's clock: each invocation brings the time of its start, from there it runs at wall speed.

const realNow = Date.now.bind(Date);
const RealDate = Date;
let offset = 0;

/** @param {number} now the engine's time, in milliseconds since the epoch */
function setNow(now) {
  offset = now - realNow();
}

function install() {
  RealDate.now = () => Math.floor(realNow() + offset);
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget === VirtualDate ? target : newTarget),
    apply: () => new VirtualDate().toString(),
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
}

module.exports = { install, setNow };
