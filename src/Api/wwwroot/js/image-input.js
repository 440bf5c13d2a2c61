import { byId } from './dom.js';

/** The pad shows larger images scaled down. The service gets the file itself. */
const MAX_SIDE = 1024;

/** The most that the service accepts. */
const MAX_BYTES = 20_000_000;

/** Accepts images that are dropped, pasted, chosen, or taken with a camera. */
export function acceptImages(accept, reject) {
  const read = async file => {
    if (file.size > MAX_BYTES) {
      reject('The image is larger than 20 MB. Send a smaller one.');
      return;
    }
    try {
      accept(await show(file));
    } catch {
      reject('The browser cannot read this file as an image. Use a PNG, JPEG, or WebP file.');
    }
  };
  const drop = byId('drop');

  for (const input of [byId('choose'), byId('camera')]) {
    input.addEventListener('change', () => {
      [...input.files].forEach(read);
      input.value = ''; // allows choosing the same file again
    });
  }
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

/** Returns the file, its size in pixels, upright, and a canvas that shows it. */
async function show(file) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return { file, width, height, canvas };
}
