import type { Reasons } from './reasons.ts';

/** What the server answers when it refuses, or cannot read what it was given, in Spanish. */
export const refusals: Reasons = [
  ['Drop an export first.', 'Primero suelta aquí una exportación.'],
  [
    /Drop the export first: the (?:post is|words of port are) made from it\./,
    'Primero suelta aquí la exportación: la publicación se prepara con ella.',
  ],
  ['Choose a platform first.', 'Primero elige una plataforma.'],
  ['Wait a moment: the posts are being looked at.', 'Espera un momento: se están revisando las publicaciones.'],
  ['There is no post that needs any work.', 'No hay ninguna publicación por preparar.'],
  [
    'A run is going on: stop it first, or wait for its end.',
    'Ya se está preparando algo: detenlo primero o espera a que termine.',
  ],
  ['A run needs them: stop it first.', 'Se están usando ahora: primero detén la preparación.'],
  ['No run is going on.', 'Ahora no se está preparando nada.'],
  ['The studio is ending.', 'El estudio se está cerrando.'],
  [
    'The file is empty: fetch it anew from where it came.',
    'El archivo está vacío: vuelve a descargarlo de donde vino.',
  ],
  ['It did not arrive in full: send it again.', 'No llegó completo: envíalo otra vez.'],
  ['More came than was announced.', 'Llegó más de lo anunciado: envíalo otra vez.'],
  ['This folder is not being sent any more: send it again.', 'Esta carpeta ya no se está enviando: envíala otra vez.'],
  ['Too many folders at a time: send them one by one.', 'Son demasiadas carpetas a la vez: envíalas una por una.'],
  [/More than (\d+) files at a time are too many\./, 'Son demasiados archivos a la vez: el máximo es $1.'],
  [/More than (\d+) files in one folder are too many\./, 'Son demasiados archivos en una carpeta: el máximo es $1.'],
  [
    'A file of this folder has a path that port does not take.',
    'Un archivo de esta carpeta tiene una ruta que no se admite.',
  ],
  ['The file has no name.', 'El archivo no tiene nombre.'],
  [/It could not be stored \((\w+)\)\./, 'No se pudo guardar ($1).'],
  [
    'included.json cannot be read. Mend it or move it away, and try again.',
    'No se puede leer included.json. Corrígelo o muévelo a otro lugar y vuelve a intentarlo.',
  ],
  [/The file cannot be read \((\w+)\)\./, 'El archivo no se puede leer ($1).'],
  [/The system refused it \((\w+)\)\./, 'El sistema no lo permitió ($1).'],
  ['The picture is larger than 40 MB.', 'La imagen ocupa más de 40 MB.'],
  [
    'That is no picture that port knows: take a JPEG, PNG or WebP.',
    'No se reconoce esa imagen: usa una JPEG, PNG o WebP.',
  ],
  [
    'The plan is changed on the computer where the studio runs.',
    'El plan se cambia en la computadora donde corre el estudio.',
  ],
  ['Phones see the studio if it is started with --lan.', 'Los teléfonos ven el estudio si se inicia con --lan.'],
  ['The sample did not come with this port.', 'Esta versión no trae el ejemplo.'],
  [
    /There is (?:no such (?:account|file|picture|post)|nothing of that name)(?: here)?\./,
    'Eso no está aquí: vuelve a cargar la página.',
  ],
  ['This post was not made for that platform.', 'Esta publicación no se preparó para esa plataforma.'],
  [
    'This post has no words on that platform yet: make it first.',
    'Esta publicación aún no tiene textos en esa plataforma: prepárala primero.',
  ],
  [
    'This file is none of those that fit the post. Look again.',
    'Este archivo no es ninguno de los que coinciden con la publicación. Inténtalo otra vez.',
  ],
  [
    'This file is in no folder of your own videos here. Drop it on the post instead.',
    'Este archivo no está en ninguna carpeta tuya de videos. Suéltalo en la publicación.',
  ],
  [/The (time|link|note) was not saved: (.*)\./, 'No se guardó $1: $2.'],
  ['time', 'la hora'],
  ['link', 'el enlace'],
  [/The page cannot set “(.*)”: say it when you start\./, 'La página no puede cambiar “$1”: indícalo al iniciar.'],
  [
    'The page said something that port does not understand: reload it.',
    'No se entendió lo que pidió la página: vuelve a cargarla.',
  ],
  ['This page may not do that: open the studio anew.', 'Esta página no puede hacer eso: abre el estudio de nuevo.'],
  ['Events have no end.', 'Los eventos no tienen fin.'],
  [
    /--footer takes words: hashtags are for --tags\.?/,
    'La línea final no lleva hashtags: ponlos en “Hashtags para todas las publicaciones”.',
  ],
  [/--since is after --until: .*/, '--since es posterior a --until: ninguna publicación cumple ambas.'],
  [/--to is missing: .*/, 'Primero elige una plataforma.'],
  ['export', 'exportación'],
  [/--tags takes at most (\d+) hashtags\.?/, 'Se pueden agregar como máximo $1 hashtags.'],
  [
    /--tags takes words of letters and digits, such as (.+), not “(.*)”\.?/,
    'Los hashtags llevan letras y números, como $1, no “$2”.',
  ],
  [
    'captions.csv cannot be written: close it where it is open, in a spreadsheet for example.',
    'No se puede escribir captions.csv: ciérralo donde esté abierto, por ejemplo en una hoja de cálculo.',
  ],
  [/captions\.csv cannot be written \((\w+)\)\./, 'No se puede escribir captions.csv ($1).'],
  [
    'Not saved: posting.csv has no such post. Reload the page.',
    'No se guardó: posting.csv no tiene esa publicación. Vuelve a cargar la página.',
  ],
  [
    /Not saved: port serve does not understand this request\. .*/,
    'No se guardó: no se entendió lo pedido. Vuelve a cargar la página.',
  ],
  [
    /It has (.+), and only (.+) are free where port keeps it meanwhile\. .*/,
    'Ocupa $1, y donde se guarda mientras tanto solo hay $2 libres. Libera espacio, o indica el archivo al iniciar: port studio <archivo>.',
  ],
  [
    /It is too large, and only (.+) are free where port keeps it meanwhile\. .*/,
    'Es demasiado grande, y donde se guarda mientras tanto solo hay $1 libres. Libera espacio, o indica el archivo al iniciar: port studio <archivo>.',
  ],
  ['That is too much at once.', 'Es demasiado a la vez.'],
  [
    'That is an error of port itself; the terminal has the details.',
    'Es un error del propio port; los detalles están en la terminal.',
  ],

  // La exportación y los archivos propios
  [
    /No TikTok export was found here: .*/,
    'Aquí no hay una exportación de TikTok: ni un archivo JSON de TikTok ni un Posts.txt.',
  ],
  [
    /No posts of TikTok were found here, only data of (.+?) \((.+?)\)\. .*/,
    'Aquí no hay publicaciones de TikTok, solo datos de $1 ($2).',
  ],
  [
    /(".+") is a web page, perhaps TikTok's log-in page, and no export\. .*/,
    '$1 es una página web, quizá la de inicio de sesión de TikTok, y no una exportación. Inicia sesión en TikTok y descarga la exportación de nuevo.',
  ],
  [
    /(".+") is named \.zip but is none: .*/,
    '$1 se llama .zip pero no lo es: quizá falló la descarga. Descárgalo de nuevo.',
  ],
  [
    /(.+) cannot be read: it is damaged, cut off, or no ZIP .*/,
    '$1 no se puede leer: está dañado, cortado o no es un ZIP. Descárgalo o cópialo de nuevo.',
  ],
  [
    /(.+) is damaged: its checksum is wrong\. .*/,
    '$1 está dañado: su suma de verificación no coincide. Descárgalo o cópialo de nuevo.',
  ],
  [
    /(".+") is no export: .*/,
    '$1 no es una exportación: se leen el ZIP de TikTok, su carpeta, el .json que contiene o el .txt de publicaciones.',
  ],
  [/(".+") is not valid JSON: .*/, '$1 no es un JSON válido. Si se editó o está cortado, tómalo otra vez del ZIP.'],
  [/(".+") cannot be opened \((\w+)\)\./, '$1 no se puede abrir ($2).'],
  [
    '1 file of --media fits no post and did nothing here.',
    '1 archivo tuyo no corresponde a ninguna publicación y no se usó.',
  ],
  [
    /(\d+) files of --media fit no post and did nothing here\./,
    '$1 archivos tuyos no corresponden a ninguna publicación y no se usaron.',
  ],
  [/(\d+) (?:entry was|entries were) left out of (.+) \(--media\):/, 'No se tomó todo de $2 (omitidos: $1).'],
];
