import { byId } from './dom.js';

/** Enough to see a digit; the service takes 2048. */
const MAX_SIDE = 1024;

/** Takes pictures that are dropped, pasted or chosen, of whatever kind the browser can read. */
export function takePictures(take, refuse) {
  const read = async file => {
    try {
      take(await toCanvas(file));
    } catch {
      refuse('This file is not a picture that the browser can read. A PNG, JPEG or WebP is.');
    }
  };
  const drop = byId('drop');
  const choose = byId('choose');

  choose.addEventListener('change', () => {
    [...choose.files].forEach(read);
    choose.value = ''; // so that the same file can be chosen again
  });
  document.addEventListener('paste', event => {
    const file = [...event.clipboardData.files][0];
    if (file) {
      event.preventDefault();
      read(file);
    }
  });
  document.addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', event => drop.classList.toggle('over', event.relatedTarget !== null));
  document.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    [...event.dataTransfer.files].slice(0, 1).forEach(read);
  });
}

async function toCanvas(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const size = { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) };
  const canvas = Object.assign(document.createElement('canvas'), size);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas;
}
