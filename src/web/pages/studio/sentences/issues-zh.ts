import type { CountingUnit } from '../../../../model/caption.ts';
import {
  excess,
  type IssueFacts,
  type IssueSentences,
  isTooLow,
  isTooNarrow,
  megabytes,
  span,
} from '../../../../report/issue-sentences.ts';
import { programText } from './program-text-zh.ts';

/** Sentences of issues in Chinese (simplified). What can be done on the page is named as its buttons are. */
export const issuesInChinese: IssueSentences = {
  // 读取导出文件
  'row-unreadable': ({ actual }) => `无法理解，已略过：${programText(actual)}。`,
  'rows-unreadable': ({ actual }) => `导出文件中另有 ${actual} 行无法理解，已略过。`,
  'link-unreadable': ({ actual }) => `不是网址，因此没有打开：${programText(actual)}。`,
  'visibility-unread': ({ actual, limit }) =>
    `不清楚谁可以看到 ${limit || 1} 条作品：${programText(actual)}。可能不公开的作品暂不发布；可以公开的，请在选项中包括私密和仅好友的作品。`,
  'mixed-post': ({ actual }) =>
    `未包括其中的 ${programText(actual)}：一条作品要么是视频，要么是图片，不能两者都有。请手动发布。`,
  'disclosure-unread': ({ actual }) =>
    `导出文件对这条作品写有“${actual}”：请确认是否需要声明为广告合作或 AI 生成内容。`,
  'stories-left': ({ actual }) =>
    `未包括 ${programText(actual)}：这里只处理作品，不处理快拍。想保留的话，请在应用里保存。`,
  'other-app': ({ actual, limit }) => `属于另一个应用（${limit}），未作处理：${actual}。`,
  'entry-skipped': ({ actual, limit }) =>
    `未从${limit === '' ? '导出文件' : ` ${limit} `}中读取：${programText(actual)}`,

  // 选择作品
  visibility: ({ actual, limit }) =>
    limit === ''
      ? `暂不发布，因为它并非所有人可见（${audiences(actual)}）。可以公开的话，请点“也发布这条”。`
      : `暂不发布：导出文件${
          actual === '' ? '没有注明谁可以看到它' : `注明“${actual}”，无法判断谁可以看到它`
        }。可以公开的话，请点“也发布这条”。`,
  included: ({ actual }) => `你于 ${actual} 决定包括这条作品，尽管并非所有人可见。`,
  'visibility-unknown': () => '导出文件没有注明谁可以看到这条作品：请确认它可以公开。',
  'not-selected': () => '本次运行没有选择它。',
  'target-left-out': ({ actual }) =>
    `不发布到这里，因为 captions.csv 中为它指定的平台是：${actual === 'none' ? '无' : actual}。也要发布的话，请点“也发布这条”。`,
  'targets-unread': ({ actual, limit }) =>
    `暂不发布，因为 captions.csv 中的平台“${actual}”无法理解。${programText(limit)}在改正或清空该单元格之前，它不会发布到任何平台。`,
  'targets-unknown': ({ actual, limit }) =>
    `captions.csv 中的“${actual}”不是平台名称。${programText(limit)}其余的平台照常处理。`,
  interrupted: () => '运行在处理到这条作品之前中断了。再次运行会从这里继续。',

  // 查找原始文件
  'no-original': () => '导出文件里没有它的视频或图片，也无法通过链接取得。请添加你自己的文件，并以作品的时间命名。',
  'photo-missing': ({ actual, limit }) => `缺少第 ${actual} 张图片（共 ${limit} 张），其余的都在。`,
  'no-link': ({ actual }) =>
    actual === 'file-unusable'
      ? '导出文件中没有可以取得另一份文件的链接。请添加你自己的文件。'
      : '导出文件中没有它的视频或图片的链接，旁边也没有这样的文件。',
  'link-expired': ({ actual, day }) =>
    `它的链接已于${day(actual)}失效。请向 TikTok 申请新的导出文件，并在几天之内拖到这里。`,
  'link-refused': ({ actual }) => `服务器没有给出文件（${programText(actual)}）。请向 TikTok 申请新的导出文件。`,
  'link-private': ({ actual }) =>
    `它的链接不指向公共互联网（${actual}），因此没有打开。信任它的话，启动工作室时请加上 --allow-host。`,
  'link-not-media': ({ actual }) => `它的链接得到的是${programText(actual)}，不是视频或图片。`,
  'link-failed': ({ actual }) => `下载失败（${programText(actual)}）。再试一次会继续下载。`,
  'proxy-failed': ({ actual }) => `经由代理下载失败（${programText(actual)}）。port doctor 会显示所用的代理。`,
  offline: ({ actual }) =>
    actual === 'file-unusable'
      ? '没有打开它的链接，因为工作室以 --offline 启动；不加 --offline 也许能取得更好的文件。'
      : '它需要下载，而工作室以 --offline 启动。',
  'several-files-fit': ({ actual, limit }) =>
    limit === ''
      ? `有 ${programText(actual)} 都符合这条作品，名字也一样，因此一个也没有采用。请在那里只保留正确的一个，把其余的移走。`
      : `有 ${programText(actual)} 都符合这条作品，因此一个也没有采用。请选出正确的一个，或把它命名为 ${limit}。`,
  'several-posts-fit': ({ actual, limit }) =>
    `有一个文件符合这条作品，但它同时符合 ${actual} 条作品，因此没有采用。如果属于这一条，请把它命名为 ${limit}。`,
  'recorded-after': ({ actual, limit }) =>
    `${actual} 的拍摄时间比这条作品的发布晚 ${time(limit)}，因此不是它的原始文件。如果确实是，请以作品的时间命名。`,
  'original-changed': ({ actual }) =>
    `${actual} 在首次读取之后被改动过，也许是通过作品文件夹里的文件改动的（两者在磁盘上可能是同一个文件）。如果不是有意的，请删除两者，并在链接有效期内再次运行。`,
  'media-shifted': ({ actual, limit }) =>
    `未采用：你自己的文件中有 ${limit} 个，名字里的时间相差 ${time(actual)}。如果那是当地时间，启动工作室时请加上 --media-shift ${actual}。`,
  'media-unclear': ({ actual, limit }) =>
    `未采用：你自己的文件中有 ${actual} 个（${limit}），名字里的时间因时区不同而符合多条作品。如果是 UTC 时间，启动工作室时请加上 --media-shift 0，否则加上相差的秒数；也可以用作品的时间为每个文件命名。`,
  watermark: ({ actual }) => `它的文件似乎带有 TikTok 水印（${actual}），这类作品容易被限流。`,
  'link-insecure': ({ actual }) =>
    `它的链接不是 https（${actual}），因此没有打开。信任它的话，启动工作室时请加上 --allow-host。`,
  'link-login': ({ actual }) => `它的链接只对已登录 TikTok 的人有效（${actual}）。`,
  'page-failed': ({ actual }) => `yt-dlp 无法从 TikTok 页面取得它（${programText(actual)}）。`,
  'page-refused': ({ actual }) =>
    `它的页面不在 TikTok 上（${actual}），因此没有交给 yt-dlp。信任它的话，启动工作室时请加上 --allow-host。`,
  'yt-dlp-missing': () => '安装 yt-dlp 之后，也许可以从 TikTok 页面取得它。',
  'fetch-failed': ({ actual }) => `无法保存它（${actual}）。请再试一次。`,

  // 电脑和磁盘
  'disk-full': () => '磁盘上没有足够的空间。请腾出一些空间，然后再试。',
  'disk-quota': () => '你在这个磁盘上的配额已用完。请删除一些文件或申请更多空间，然后再试。',
  'disk-read-only': ({ actual }) => `磁盘无法写入${at(actual)}：它是只读的。启动工作室时请用 --out 选择另一个文件夹。`,
  'disk-gone': ({ actual }) => `磁盘已经不在了${at(actual)}。请重新连接，然后再试。`,
  'disk-error': ({ actual }) =>
    `磁盘无法读取或写入${at(actual)}，可能正在损坏。请把其中的内容复制到另一个磁盘，并从那里启动工作室。`,
  'file-too-large': ({ actual }) =>
    `文件超过了允许写入的大小${at(actual)}：磁盘（FAT：4 GB）或当前会话（ulimit -f）有限制。启动工作室时请用 --out 选择另一个文件夹。`,
  'file-gone': ({ actual }) => `处理过程中有一个文件消失了${at(actual)}。请把它放回去，然后再试。`,
  'not-permitted': ({ actual }) =>
    `系统不允许这样做${at(actual)}。请给自己授予权限，或把它移到你自己的文件夹里，然后再试。`,
  'memory-short': ({ actual }) => `内存不足${actual === '' ? '' : `，无法运行 ${actual}`}。请关闭其他程序，然后再试。`,
  'open-files': () => '这台电脑上同时打开的文件过多。请提高上限（ulimit -n 1024），然后再试。',
  'program-killed': ({ actual, limit }) =>
    limit === 'SIGKILL'
      ? `程序 ${actual} 被系统强行结束（SIGKILL），通常是因为内存不足。请关闭其他程序，然后再试。`
      : `程序 ${actual} 被外部结束（${limit}）。请再试一次。`,
  'program-start': ({ actual, limit }) =>
    `程序 ${actual} 无法启动（${programText(limit)}）。port doctor 会说明怎么办。`,
  'program-confined': ({ actual, limit }) =>
    `程序 ${actual} 无法访问 ${limit}：它被 snap、flatpak 或 AppArmor 隔离了。请用其他方式安装 ffmpeg，或使用它能访问的文件夹。`,

  // 文件本身
  damaged: ({ actual }) => `它的文件已损坏，或与名称不符（${programText(actual)}）。`,
  'passed-over': ({ actual, limit }) => `没有采用 ${actual}。${programText(limit)}`,
  unreadable: ({ actual }) => `文件已下载，但无法使用。${programText(actual)}`,
  'sound-lost': ({ actual }) => `${actual} 没有声音，而原作品有。请重新获取，或添加另一份文件。`,
  'codec-private': ({ actual, limit }) =>
    `它的画面使用 TikTok 自有的编码 ${actual}，其他程序都无法读取。请重新下载 ${limit} 格式的文件，并拖到这条作品上。`,
  'codec-newer': ({ actual, limit }) =>
    `它使用 ${actual}，当前的 ffmpeg 版本太旧，无法读取。请安装 ffmpeg ${limit} 或更新的版本（port doctor 会说明方法），或把视频另存为 H.264 加 AAC 的 MP4，然后再试。`,
  'codec-unknown': ({ actual, limit }) =>
    `它的${programText(limit)}使用了当前 ffmpeg 不认识的编码（${programText(actual)}）。请另存为 H.264 加 AAC 的 MP4，并添加为自己的视频。`,
  encrypted: ({ actual }) =>
    `它的${programText(actual)}有版权保护（DRM）加密，其他程序都无法打开。请添加一份没有加密的文件。`,
  'nothing-to-check': ({ actual }) => `没有可检查的内容：${programText(actual)}。`,
  container: ({ actual, limit }) => `它是 ${actual} 文件，需要的是 ${limit}。`,
  'moov-position': () => '它的索引在文件末尾，上传时无法从头读取。',
  fragments: () => '它是分片的 MP4，就像录制的直播流。',
  trailer: () => '视频后面附有播放器会忽略的其他数据，已去掉。',
  'no-picture': () => '它只有声音，没有画面。',
  'video-codec': ({ actual, limit }) =>
    isTikToks(actual)
      ? `它的画面使用 TikTok 自有的编码 ByteVC2（${actual}），任何程序都无法读取。请重新下载 H.264 格式的文件。`
      : `它的画面编码是 ${actual}，需要的是 ${limit}。`,
  'video-profile': ({ actual, limit }) => `它的画面编码规格是 ${actual}，手机无法播放；需要的是 ${limit}。`,
  'codec-tag': ({ actual, limit }) => `它的 HEVC 标记为 ${actual}，苹果设备会显示黑屏；需要的是 ${limit}。`,
  'dolby-vision': ({ actual, limit }) =>
    `它是杜比视界 Profile ${actual}，只有专用播放器能正确显示颜色，其他地方会发绿发紫。请导出为 ${list(limit)}，并添加为自己的视频。`,
  'size-changes': () => '它的画面尺寸中途会变，已全部放进同一个画幅。',
  'picture-ends': ({ actual, limit }) =>
    `它的画面在 ${actual} 秒结束，声音在 ${limit} 秒结束；最后一帧会一直停留到结尾。`,
  'pixel-format': ({ actual, limit }) => `它的颜色格式是 ${actual}，需要的是 ${limit}。`,
  hdr: ({ actual }) => `它是 HDR（${actual}），需要的是 SDR。`,
  'sample-aspect': ({ actual }) => `它的像素不是正方形（${actual}）。`,
  interlaced: () => '它是隔行扫描的。',
  'frame-rate': (facts) => `它每秒 ${facts.actual} 帧；${allowed(facts)}。`,
  width: (facts) => `它宽 ${facts.actual} 像素；${allowed(facts)}。`,
  height: (facts) => `它高 ${facts.actual} 像素；${allowed(facts)}。`,
  shape: (facts) =>
    `它的画幅是 ${facts.actual}；这里的宽高比${isTooNarrow(facts) ? '最小' : '最大'}为 ${facts.limit}。`,
  duration: (facts) => `它长 ${facts.actual} 秒；${allowed(facts)} 秒。`,
  'duration-advice': ({ actual, limit }) => `它长 ${actual} 秒。超过 ${limit} 秒可能会因音乐版权被屏蔽，或者被限流。`,
  'duration-unknown': ({ actual, limit }) => `它长 ${actual} 秒。这个平台的上限不详，已知 ${limit} 秒以内可以。`,
  'duration-split': ({ actual, limit }) => `它长 ${actual} 秒，而一条作品最长 ${limit} 秒，因此分成几段。`,
  'duration-trimmed': ({ actual, limit }) => `它的最后 ${actual} 秒被截去，因为一条作品最长 ${limit} 秒。`,
  'light-plain': () =>
    '它的 HDR 或广色域用简单曲线转换，因为当前的 ffmpeg 缺少 zscale 滤镜；明亮的颜色可能偏淡。请安装完整的 ffmpeg（port doctor 会说明方法），然后再试。',
  'no-key-frame': () => '在上限附近无法直接切开，需要重新编码画面。',
  bytes: ({ actual, limit }) => `它有 ${megabytes(actual)} MB，上限是 ${megabytes(limit)} MB。`,
  'audio-missing': () => '它没有声音，已加上一条静音音轨。',
  'audio-codec': ({ actual, limit }) => `它的声音编码是 ${actual}，需要的是 ${limit}。`,
  'audio-channels': ({ actual, limit }) => `它的声音有 ${actual} 个声道，上限是 ${limit} 个。`,
  'sample-rate': ({ actual, limit }) => `它的声音采样率是 ${actual} Hz，上限是 ${limit} Hz。`,
  'audio-tracks': ({ actual }) => `它有 ${actual} 条音轨，只保留一条。`,
  'audio-mono-pair': () => '它的两条音轨分别是左右声道，已合成一条立体声。',
  'audio-left-out': ({ actual, limit }) =>
    `它的音轨只发布一条（${programText(limit)}），未包括：${programText(actual)}。如果选错了，请添加一份只含正确音轨的文件。`,
  'picture-tracks': ({ actual }) => `它有 ${actual} 条画面轨道，只保留一条。`,
  'picture-left-out': ({ actual }) =>
    `它另有 ${actual} 条画面轨道，不会发布。如果那才是对的，请添加一份只含该画面的文件。`,
  'key-frame-late': ({ actual }) => `它从两个关键帧之间开始：最初 ${actual} 秒无法显示，连同声音一起截去。`,
  'clock-jumps': () => '它由几段录像拼接而成，各有各的时钟，因此重新编码。',
  'frame-order': () => '它的封装格式没有注明各帧的显示顺序（AVI 中的 B 帧），因此重新编码画面。',
  'edit-lists': () => '它由拍摄内容中的几段拼成，因此重新编码。',
  'copy-failed': () => '它的画面和声音无法原样取用，因此重新编码。',
  loudness: ({ actual, limit }) => `它的响度是 ${actual} LUFS，需要的是 ${limit} LUFS。`,
  'loudness-limited': ({ actual, limit }) => `它的峰值使音量无法再提高：需要 ${limit} LUFS，只达到 ${actual} LUFS。`,
  'sound-muted': ({ actual }) => `它的音乐（“${actual}”）是他人的，因此已静音。`,
  'sound-library': ({ actual }) =>
    `它的音乐（“${actual}”）是他人的：平台可能会静音或屏蔽。在选项“他人的音乐”中可以设为静音。`,
  'sound-claim': ({ actual, limit }) =>
    `它长于 ${limit} 秒，用了他人的音乐（“${actual}”）：如果版权方主张权利，它会在所有地方被屏蔽。在选项“他人的音乐”中可以设为静音。`,
  'sound-unknown': ({ actual }) => `它的音乐（“${actual}”）可能是他人的，请确认可以使用。`,
  location: () => '文件里写有拍摄地点，已去掉。',
  'image-format': ({ actual, limit }) => `它是 ${actual} 图片，需要的是 ${limit}。`,
  'image-animated': ({ actual }) => `它是 ${actual} 帧的动图，只保留第一帧。`,
  'image-orientation': () => '它是横着存储的。',
  'image-colour': ({ actual, limit }) => `它的颜色是 ${actual}，需要的是 ${limit}。`,
  'photo-unusable': ({ actual, limit }) => `第 ${actual} 张图片（共 ${limit} 张）未包括，原因见下。`,
  'photo-flawed': ({ actual, limit }) =>
    `第 ${actual} 张图片（共 ${limit} 张）已损坏，部分画面可能不正常。请查看；有更好的文件时请添加。`,
  'decode-errors': () => '它的文件有损坏的地方：画面或声音可能会短暂中断。发布前请先看一遍；有更好的文件时请添加。',
  'image-codec': ({ actual }) =>
    `它是 ${actual} 图片，无法打开。请另存为 JPEG（在手机上分享时选“兼容性最佳”），然后添加。`,
  'image-pixels': ({ actual, limit }) =>
    `它有 ${actual} 像素，超过${programText(limit)}的图片不会打开。请缩小后另存，然后添加。`,
  'image-attachment': () => '图片里还藏有影片、另一张图片或其他数据，可能透露拍摄地点，已去掉。',
  'serial-number': () => '文件里写有相机或主人的信息（序列号、厂商备注），已去掉。',
  'shape-shared': ({ actual, limit }) =>
    `有 ${actual} 张图片的画幅与第一张（${limit}）不同，平台会照第一张裁剪。可以在选项中改变画幅的处理方式。`,
  'shape-advice': ({ actual, limit }) =>
    `有 ${actual} 张图片比这个平台适合显示的更高或更宽（宽高比：${programText(limit)}），仍会采用。`,
  'photo-count': ({ actual, limit }) => `它有 ${actual} 张图片，而一条作品最多 ${limit} 张，因此分成几段。`,
  'photos-unsupported': () => '这个平台不接收图文作品。',
  'slideshow-needed': () => '这个平台不接收图文作品，因此把图片做成了视频。',
  'slideshow-asked': () => '按照选项，它的图片做成了视频。',
  'slides-shortened': ({ actual, limit }) => `每张图片显示 ${actual} 秒，这样全部图片能放进 ${limit} 秒。`,

  // 制作和检查
  'render-failed': ({ actual }) => `制作失败（${programText(actual)}）。`,
  'worker-lost': ({ actual }) =>
    `制作它的电脑或程序中途停止了 ${actual} 次，因此已放弃。请检查它的原始文件，或单独制作这一条。`,
  'breaks-off': ({ actual, limit }) =>
    `它的文件不完整：应有 ${limit} 秒，但 ${actual} 秒之后什么也没有。请从来源处重新获取。`,
  'check-failed': ({ actual, limit }) => `做出的结果与计划不符（${actual}；应为：${programText(limit)}），因此已丢弃。`,
  'own-file': ({ actual }) => `你自己的 ${actual} 保持不变。想换回 port 做的，请删除它，然后再试。`,
  'own-file-unfit': ({ actual, limit }) => `你自己的 ${actual} 可能不被这里接收：${programText(limit)}`,
  'own-file-damaged': ({ actual, limit }) =>
    `你自己的 ${actual} 无法打开：${programText(limit)}请重新保存；或者删除它，换回 port 做的。`,
  'cover-unusable': ({ actual, limit }) => `没有采用 captions.csv 中的封面“${actual}”：${programText(limit)}。`,
  'fit-unknown': ({ actual, limit }) =>
    `captions.csv 中的画幅处理方式“${actual}”无法理解。${programText(limit)}在此之前按选项处理。`,

  // 文案
  'no-words': () => '它没有文案：TikTok 的导出文件不含文案。',
  'several-captions-fit': ({ actual }) => `有 ${actual} 份文案都符合这条作品，因此一份也没有采用。请写上正确的文案。`,
  'caption-edited': () => '它的 caption.txt 已手动修改：其中的文案保持不变。',
  'captions-unread': ({ actual, limit }) => `没有从 ${actual} 读取文案：${programText(limit)}。`,
  'captions-unread-more': ({ actual }) => `另有 ${actual} 个文件没有读取文案。`,
  'captions-foreign': ({ actual, limit }) => `未采用：${programText(limit)} 中有 ${actual} 份文案属于另一个账号。`,
  'captions-left': ({ actual, limit }) =>
    `剩余：${programText(limit)} 中有 ${actual} 份文案不符合这个导出文件中的任何作品。`,
  'captions-alias': ({ actual, limit }) =>
    `未采用：@${actual} 的 ${limit} 份文案，尽管它们都符合这个账号的作品。如果那是它以前的名字，启动工作室时请加上 --alias ${actual}，就会采用它的文案和旁边的文件。`,
  'captions-shifted': ({ actual, limit }) =>
    `未对应：${programText(limit)} 中文案的时间相差 ${time(actual)}。如果那是当地时间，启动工作室时请加上 --caption-shift ${actual}。`,
  'captions-unclear': ({ actual, limit }) =>
    `未对应：${programText(limit)} 中的 ${actual} 份文案，因为它们的时间因时区不同而符合多条作品。如果是 UTC 时间，启动工作室时请加上 --caption-shift 0，否则加上相差的秒数；也可以在“key”列中写明每条作品。`,
  'captions-wanted': ({ actual, limit }) =>
    `${programText(actual)}没有文案：请在这里填写，或填写 ${limit} 后再次运行。`,
  'captions-outranked': ({ actual }) =>
    `有 ${actual} 条作品保留了你写在 captions.csv 中的文案，--captions 给出的不同。想采用后者，请清空这些单元格。`,
  'captions-spreadsheet-beside': ({ actual }) =>
    `captions.csv 旁边的 ${actual} 更新，但只会读取 captions.csv。请打开 ${actual}，另存为 CSV（UTF-8），文件名为 captions.csv。`,
  'captions-sheet-unread': ({ actual }) =>
    `captions.csv 无法读取（${programText(actual)}），因此保持不变，作品保留原有的文案。请修复它；或者删除它，port 会用这些文案重新生成。`,
  'captions-sheet-unwritten': ({ actual }) =>
    `captions.csv 无法写入（${programText(actual)}）。如果它在另一个程序中打开着，请先关闭，然后再试。`,
  'captions-stale': ({ actual, limit }) =>
    `captions.csv 是从较旧的副本保存的，因此之后的改动保留：${programText(actual)}${
      Number(limit) > 5 ? `，以及另外 ${Number(limit) - 5} 处` : ''
    }。如果想要以前的文字，请逐条作品重新填写。`,
  'captions-conflict': ({ actual, limit }) =>
    `captions.csv 在两处被改动，而每个单元格只能有一种内容。以下内容没有采用，保存在 captions.json 中：${programText(actual)}${
      Number(limit) > 5 ? `，以及另外 ${Number(limit) - 5} 处` : ''
    }。请在这里选择保留哪一个。`,
  'listing-failed': ({ actual, limit }) =>
    limit === ''
      ? `含有文案的 TikTok 作品列表无法取得（${programText(actual)}）。`
      : `含有文案的 TikTok 作品列表已过时或不完整（${programText(actual)}）。`,

  // 计划和发布
  'posting-unread': ({ actual }) =>
    `posting.csv 无法读取（${programText(actual)}），因此保持不变，以 port 上次写入的内容为准。请修复它；或者删除它，port 会重新生成。`,
  'posting-unwritten': ({ actual }) =>
    `posting.csv 无法写入（${programText(actual)}），因此不是最新的。如果它在另一个程序中打开着，请先关闭：新的内容已记下，下次会写入。`,
  'posting-record-broken': ({ actual }) =>
    `${actual} 已损坏，因此以 posting.csv 的内容为准。其中无法记录分段视频的单独一段，请重新标记已发布的段落。`,
  'posting-cell': ({ actual, limit }) =>
    `posting.csv，${programText(actual)}：${programText(limit)}。在此之前，该单元格按原来的内容处理。`,
  'posting-twice': ({ actual }) =>
    `posting.csv 中有两行关于 ${programText(actual)}，内容不一致：请只保留一行。在此之前按原来的内容处理。`,
  'posting-conflict': ({ actual, limit }) =>
    `posting.csv 在电子表格和这里都被改动：${programText(actual)}保持为 ${programText(limit)}，电子表格中的内容记在该行的备注里。`,
  'posting-stale': ({ actual, limit }) =>
    `posting.csv 是从较旧的副本保存的，因此之后的改动保留：${programText(actual)}${
      Number(limit) > 5 ? `，以及另外 ${Number(limit) - 5} 处` : ''
    }。想撤回某条，请在这里取消“已发布”。`,
  'posting-strange': ({ actual, limit }) =>
    `posting.csv 中有一行关于 ${actual}${
      Number(limit) > 1 ? `（类似的还有 ${Number(limit) - 1} 行）` : ''
    }，但没有这样的作品和平台：该行保留，不起作用。`,
  'posted-frozen': ({ actual }) =>
    `它在这里已发布，因此保持不变，尽管现在${programText(actual)}。用 --redo-posted 启动工作室会重新制作。`,
  'posted-stays': ({ actual }) =>
    `有 ${actual} 条作品现在会有变化，但保持不变，因为 posting.csv 中已标记为发布。用 --redo-posted 启动工作室会重新制作。`,

  // 文案与平台规则
  'title-cut': ({ actual, limit }) => `标题长度 ${actual}，已截短为 ${limit}；完整的标题在正文里。`,
  'title-made': ({ actual }) => `它没有自己的标题，因此用了“${actual}”。`,
  'body-cut': ({ actual, limit }) => `正文长度 ${actual}，已截短为 ${limit}；其余部分在 post.json 里。`,
  'body-thread': ({ actual, limit }) => `正文太长，一条放不下（上限 ${limit}），因此用回复接续：共 ${actual} 条。`,
  'hashtags-cut': ({ actual, limit }) => `它有 ${actual} 个话题，保留 ${limit} 个，其余列在 post.json 里。`,
  'contacts-removed': ({ actual }) =>
    `这里的作品禁止出现链接和联系方式：已去掉 ${actual} 处，列在 post.json 里。允许的话，请写进个人主页。`,
  'footer-contact': ({ actual }) => `你的末尾文字含有“${actual}”，而这里的作品禁止出现联系方式，因此没有加上末尾文字。`,
  'footer-too-long': ({ actual, limit }) =>
    `你的末尾文字长度 ${actual}，而这里整篇正文的上限是 ${limit}，因此没有加上。请写短一些。`,
  'character-refused': (facts) => `字符${wordOf(facts)}在这里不被接收，因此换成了相似的字符。请检查读起来是否通顺。`,
  'word-absolute': (facts) => `${wordOf(facts)}属于绝对化用语，无法证明，这类作品容易被限流。请说得含蓄一些。`,
  'word-medical': (facts) =>
    `${wordOf(facts)}像是医疗功效承诺，这类作品容易被限流或下架。请写你做了什么，而不是它能治什么。`,
  'word-finance': (facts) => `${wordOf(facts)}像是赚钱承诺，这类作品容易被限流或下架。请去掉。`,
  'word-bait': (facts) => `${wordOf(facts)}像是诱导，这类作品容易被限流。请直接写明内容。`,
  'word-contact': (facts) => `${wordOf(facts)}指向站外联系，在作品中是禁止的。请去掉。`,
  'word-platform': (facts) => `${wordOf(facts)}提到了其他平台，这类作品容易被限流。请去掉名称。`,
  'word-feature': (facts) => `${wordOf(facts)}只在 TikTok 上有意义，这里的读者找不到这样的功能。请换个说法，或去掉。`,
  'word-restricted': (facts) =>
    `${wordOf(facts)}属于这里不允许推广的内容（药品、保健品、医疗器械、医美）。请去掉，或不要发布到这里。`,
  'word-promotion': (facts) => `${wordOf(facts)}像是广告，这里不允许。请不要带推销语气，或去掉。`,
  'translation-refused': ({ actual, limit }) =>
    `文案未经翻译发布（${limit}）：译文没有采用，因为${programText(actual)}。请在 captions.csv 中填写 title_${limit} 和 caption_${limit}，或换一个翻译引擎。`,
  'translation-failed': ({ actual, limit }) =>
    `文案无法翻译（${limit}）：${programText(actual)}。文案原样发布；再次运行会重试。`,
  'translation-stale': ({ actual }) =>
    `写好 ${actual} 之后，文案又有改动。请查看 captions.csv 中的这个单元格：改正它；或者清空它，然后用 --translate 运行。`,
  'speech-failed': ({ actual }) =>
    `无法写下视频中所说的话：${programText(actual)}。请解决后用 --transcribe 再次运行，或自己写文案。`,
  'subtitles-stale': ({ actual }) =>
    `它的字幕不是用将要发布的文件制作的（speech/${actual}.srt），因此没有采用。请改正字幕，或用 --transcribe 运行。`,
  'subtitles-unreadable': ({ actual }) => `它无法作为字幕（SRT）读取：${programText(actual)}。`,
  'subtitles-long': ({ actual, limit }) =>
    `它的字幕在 ${actual} 秒结束，视频在 ${limit} 秒结束：字幕可能属于另一个视频。`,
  'own-title-long': (facts) => `caption.txt 中的标题有 ${measured(facts)}。请缩短 ${excess(facts)}。`,
  'own-body-long': (facts) => `caption.txt 中的正文连同话题有 ${measured(facts)}。请缩短 ${excess(facts)}。`,
  'own-hashtags-many': (facts) =>
    `caption.txt 中有 ${facts.actual} 个话题，这里最多 ${facts.limit} 个。请去掉 ${excess(facts)} 个。`,
  'own-hashtags-long': (facts) =>
    `caption.txt 中的话题作为标签有 ${facts.actual} 个字符，这里最多 ${facts.limit} 个。请缩短 ${excess(facts)} 个。`,
  'own-character-refused': (facts) => `caption.txt 中的字符${wordOf(facts)}在这里不被接收。请换一种写法。`,
  'own-contact': (facts) => `这里的作品禁止出现联系方式和链接：请从 caption.txt 中去掉${wordOf(facts)}。`,
};

const audienceNames: Readonly<Record<string, string>> = { private: '私密', friends: '仅好友', deleted: '已删除' };

function audiences(names: string | number): string {
  return String(names)
    .split(',')
    .map((name) => audienceNames[name] ?? name)
    .join('、');
}

function at(path: string | number): string {
  return path === '' ? '' : `（${path}）`;
}

function list(names: string | number): string {
  return String(names).replaceAll(', ', '、');
}

function time(seconds: string | number): string {
  return span(seconds, [' 小时', ' 分', ' 秒']);
}

function isTikToks(codec: string | number): boolean {
  return /^bv(?:c2|2c)$/i.test(String(codec));
}

function allowed(facts: IssueFacts): string {
  return isTooLow(facts) ? `至少要 ${facts.limit}` : `上限是 ${facts.limit}`;
}

const parts = { title: '标题', body: '正文' } as const;

/** A word, and where to find it. */
function wordOf({ actual, place }: IssueFacts): string {
  const word = `“${actual}”`;
  if (!place) return word;
  return place.part === 'hashtag'
    ? `${word}（第 ${place.at} 个话题）`
    : `${word}（${parts[place.part]}第 ${place.at} 个字符）`;
}

const counting: Readonly<Record<CountingUnit, string>> = {
  'half-width': '（英文字母算半个，汉字算一个，表情大多算两个）',
  characters: '',
  graphemes: '',
  bytes: '（英文字母占一个字节，其他字符占二到四个）',
  weighted: '（表情和中日韩文字各算 2，链接算 23）',
  'emoji-bytes': '（一个表情算 4 个或更多）',
};

function measured({ actual, limit, unit }: IssueFacts): string {
  return `${actual} 个${unit === 'bytes' ? '字节' : '字符'}${counting[unit]}，这里最多 ${limit} 个`;
}
