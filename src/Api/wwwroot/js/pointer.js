import { SIDE } from './pad.js';

/** Draws on the pad with a mouse, finger, or pen, one pointer at a time. */
export function drawWithPointer(pad) {
  const { canvas } = pad;
  let pointer = null;

  const at = event => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * SIDE / box.width, (event.clientY - box.top) * SIDE / box.height];
  };

  canvas.addEventListener('pointerdown', event => {
    if (pointer === null && event.button === 0) {
      pointer = event.pointerId;
      canvas.setPointerCapture(pointer);
      pad.begin(...at(event));
    }
  });
  canvas.addEventListener('pointermove', event => {
    if (event.pointerId === pointer) {
      // Several pointer events can occur in one frame; use all of them for a smooth stroke.
      const points = event.getCoalescedEvents?.() ?? [];
      (points.length > 0 ? points : [event]).forEach(point => pad.moveTo(...at(point)));
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, event => {
      if (event.pointerId === pointer) {
        pointer = null;
        pad.end();
      }
    });
  }
}
