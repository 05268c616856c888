"""Words that only rate, and plain words that tell neither a field nor a need: what praise is made of."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RATING_STEMS = _words(  # beginnings of words, of four letters or more
    """
    amaz awesom excell brillian outstand extraordinar exceptional incredibl unbeatabl unrival unmatch unparallel
    unpreceden revolution visionar legendar fantast terrific wonderful magnific marvel superb stellar stunn
    spectacul phenomen remarkabl impressiv inspir passion talent gifted genius prestig renown acclaim celebrat
    famous admir praise applaud cherish adore delight thrill enthusias excit groundbreak pioneer trailblaz
    disrupt dominat conquer triumph victor winn succes promis bright glorious unstoppabl invincibl unique
    incomparab perfect ideal flawless finest greatest smartest strongest leading leader premier elite champion
    unicorn superior supreme ultimate trusted beloved proud honor honour award prize medal ambitio dedicat
    motivat hardworking tireless fearless bold daring potential limitless boundless endless unlimit skyrocket
    sensation miracl world-class top-notch first-class state-of-the-art next-level best-in-class game-chang
    großartig hervorrag ausgezeichnet exzellen brillan überrag überwältig unschlagbar unübertroff unerreich
    unvergleich einmalig einzigartig revolutionär visionär legendär phantast wunderbar herausrag spektakul
    spektakulär phänomen beeindruck leidenschaft talentiert begabt genial renommiert berühmt bewunder gelobt
    loben lobt liebt lieben begeister fasziniert faszinier bahnbrech wegweis pionier führend führer dominier
    erober sieger siegen gewinner gewinnen erfolg vielversprech glänz strahlend unaufhalt perfekt makellos
    größte stärkste klügste spitze meister überlegen unbesiegbar stolz ehre preisgekrönt ehrgeiz engagiert
    motiviert unermüdlich furchtlos mutig grenzenlos unbegrenzt wunder magisch weltklasse erstklassig
    hochkarätig zukunftsweis zukunftsträcht konkurrenzlos marktführ weltmarktführ vorreiter spitzenreiter
    traumhaft einhorn vertrau exklusiv unfassbar unglaublich sensationell
    """
)
RATING_WORDS = _words(
    """
    best top great good better love loves loved win wins won star stars hero heroes wow number-one unlike beste
    bester bestes besten bestem transforms transforming magic rave raves envy hype hot cool future destiny dream
    dreams greatness nummer eins zukunft gut besser toll klasse stark helden held traum träume neid lob ruhm
    gewinnt siegt einsame spitzenteam rockstar rockstars beating beats beat
    """
)
HINTS = _words(  # count half: alone they rate nothing
    """
    none nobody no-one everyone everybody first ever niemand keiner jeder alle super
    """
)
PLAIN_WORDS = _words(
    """
    a an the this that these those it its i we us our ours you your they them their he she his her who whom
    which what is are was were be been being am do does did done has have had having can could will shall should
    may might must not no never nothing neither nor and or but so because as if than then when where while how
    why all any some each every both few more most much many less least very truly really simply absolutely
    totally completely highly just only even still already always often again once ever forever undoubtedly
    clearly certainly definitely surely without doubt question comparison in on at by for from of to with into
    onto about above over under up down out off against between among across through around behind beyond after
    before since until within there here whole entire other others else another same such own one ones two thing
    things way ways kind sort lot bit team teams company companies firm startup startups start-up start-ups
    venture business businesses founder founders people person men women colleague colleagues staff crew group
    product products solution solutions service services idea ideas technology technologies work works worked
    job quality result results performance customer customers client clients user users investor investors fund
    funds vc vcs partner partners expert experts analyst analysts press media journalist journalists jury judge
    judges critic critics observer observers insider insiders mentor mentors professor professors competitor
    competitors competition rival rivals market markets industry industries sector field world globe planet
    country nation city region europe european germany german china chinese asia america global globally
    worldwide international national universe history time times today tomorrow year years day days century
    generation age era life success story reputation name word words opinion fact truth say says said tell tells
    told call calls called know knows known think thinks believe believes agree agrees feel feels see sees seen
    look looks consider considers considered regard regarded recognise recognised recognize recognized rate
    rated rank ranked deserve deserves deserved make makes made making take takes taken give gives given get
    gets got go goes going come comes came become becomes became stay stays remain remains keep keeps belong
    belongs bring brings stand stands set sets change changes changed lead leads led build builds create creates
    deliver delivers offer offers put puts fall falls fell recommend recommends speak speaks talk talks close
    near far ahead apart high low new big huge large small young long short full real true sky limit limits
    league der die das den dem des ein eine einen einem einer eines dieser diese dieses diesem diesen jener jene
    wir uns unser unsere unserer unseres unserem unseren ich mich mir mein meine du dich dir ihr euch ihre ihrem
    ihren er sie es man wer wie wo wann warum welche welcher welches ist sind war waren sei sein bin wird werden
    wurde wurden worden hat haben hatte hatten kann können konnte wollen soll sollen muss müssen darf dürfen mag
    möchte nicht nichts nie niemals kein keine keinen keinem keines und oder aber denn weil dass daß ob als wenn
    dann doch auch noch nur schon immer wieder sehr ganz ganze ganzen gesamte gesamten wirklich einfach absolut
    völlig total höchst rundum zweifellos ohne zweifel frage vergleich im auf aus bei beim mit nach von vom vor
    zu zum zur für über unter um durch gegen zwischen hinter neben bis seit während hier dort da allen allem
    aller alles andere anderen anderer viele vielen vieles wenige mehr meisten mal weit breit hoch höchsten
    tönen neu groß große großen klein jung lang firma firmen unternehmen gründer gründerin gründerinnen
    gründerteam leute menschen kollegen mitarbeiter mannschaft gruppe produkt produkte produkten lösung lösungen
    leistung idee ideen technologie technologien arbeit arbeiten qualität ergebnis ergebnisse kunde kunden
    kundinnen nutzer anwender investoren geldgeber experten expertin experte fachleute fachwelt fachpresse
    presse medien journalisten juroren kritiker beobachter mentoren professoren wettbewerber wettbewerb
    konkurrenz konkurrenten mitbewerber markt märkte branche branchen industrie sektor welt land stadt europa
    europas europaweit deutschland deutschlands chinas asien weltweit geschichte zeit zeiten heute morgen jahr
    jahre jahrhundert ära leben ruf wort worte meinung wahrheit sagt sagen nennt nennen weiß wissen denkt denken
    glaubt glauben meint meinen findet finden sieht sehen gilt gelten hält halten macht machen gemacht nimmt
    nehmen gibt geben geht gehen kommt kommen heran bleibt bleiben gehört gehören bringt bringen steht stehen
    setzt setzen verändert verändern verdient verdienen führt führen baut bauen schafft schaffen bietet bieten
    empfiehlt empfehlen spricht sprechen redet reden liegt liegen maßstab maßstäbe liga klar sicher
    """
)
RATING_HAN = _words(
    """
    最好 最棒 最强 最佳 最优 最优秀 最先进 最有 最具 最牛 最大 优秀 卓越 杰出 出色 顶尖 顶级
    顶流 一流 超一流 领先 领跑 领军 领袖 龙头 第一 头部 第一名 唯一 独一无二 无与伦比 无可比拟
    无可替代 独步 首屈一指 数一数二 名列前茅 遥遥 当之无愧 公认 好评 好评如潮 赞不绝口 称赞 赞誉
    赞赏 盛赞 夸 夸奖 表扬 口碑 看好 青睐 追捧 热捧 喜爱 喜欢 热爱 信赖 信任 佩服 羡慕 惊艳
    惊叹 震撼 轰动 完美 极致 非凡 伟大 辉煌 光明 璀璨 传奇 奇迹 神话 颠覆 颠覆性 革命性
    划时代 里程碑 史无前例 前所未有 空前 开创性 突破性 无限 无穷 广阔 巨大 潜力 前途 前景 未来
    明星 之星 冠军 王者 独角兽 精英 天才 牛人 大牛 豪华 强大 雄厚 实力 厉害 真棒 很棒 太棒
    太牛 很牛 真牛 赢 胜出 战胜 碾压 秒杀 吊打 超越 超过 称霸 制霸 引领 荣誉 荣耀 骄傲 自豪
    激情 热情 充满激情 敬业 拼搏 奋斗 执着 匠心 无敌 无人能敌 无人能及 没有对手 难以超越
    望尘莫及 绝无仅有 世界级 国际级 殿堂级 标杆 典范 楷模 先锋 先驱 翘楚 佼佼者 金奖 大奖 奖项
    获奖 认可 肯定 必将 必定 注定 人人 不可限量 不可估量 不可阻挡 势不可挡 势如破竹 高度评价
    值得拥有 值得信赖 更好 更强 更优秀 拍手叫好 刮目相看 如雷贯耳 享誉 闻名 驰名 知名 著名
    梦之队 梦想 飞跃 腾飞 蒸蒸日上 一骑绝尘
    """
)
PLAIN_HAN = _words(
    """
    的 了 是 在 和 与 及 或 也 都 就 还 又 更 最 很 太 真 好 非常 十分 极其 特别 真正
    确实 简直 绝对 一定 肯定 完全 始终 一直 总是 永远 已经 早已 将 会 能 可以 必 要 被 把
    让 使 给 对 向 从 到 由 为 以 于 比 像 跟 之 其 这 那 此 个 位 家 支 款 种 项
    次 一 我 我们 咱们 你 你们 您 他 他们 它 她 大家 所有 所有人 各 每 每个 全 全部 整个
    全体 自己 本 具有 具备 拥有 有 没有 没有人 没人 无人 没 无 不 做 做得 做到 得 地 着
    过 来 去 说 称 称为 称赞 认为 觉得 相信 知道 评价 评为 誉为 视为 属于 成为 作为 堪称
    可谓 代表 带来 改变 推荐 支持 团队 公司 企业 项目 产品 方案 技术 服务 解决方案 成果 质量
    品质 性能 效果 水平 能力 成绩 业绩 创始人 创始团队 合伙人 成员 员工 同事 人 人才 伙伴
    客户 用户 市场 行业 业内 业界 圈内 同行 同类 对手 竞争对手 竞品 友商 投资人 投资者
    投资机构 资本 资方 机构 专家 教授 院士 媒体 记者 评委 评审 领导 政府 各界 世界 全球
    全世界 国际 国内 全国 中国 欧洲 全欧洲 亚洲 美国 德国 海内外 国内外 地区 城市 历史 历史上
    时代 今天 明天 年 今年 明年 时间 世纪 名字 声誉 名声 地位 位置 方面 领域 里 中 上 下
    内 外 间 前 后 大 小 多 高 新 强 好的 一致 一个 一支 一家 令人 让人 受 受到 深受
    备受 广受 纷纷 无不 无疑 毫无疑问 不愧 发展 空间 创新
    """
)
ASKING = _words(
    """
    need needs needed seek seeks seeking look looking search want wants wanted would require requires hope help
    apply brauchen braucht suchen sucht gesucht benötigen benötigt wünschen hoffen möchten hätten gern gerne
    bitte hilfe
    """
)
ASKING_HAN = ("需要", "寻找", "寻求", "求", "希望", "想", "缺", "找", "申请", "租", "借")
IDIOMS = (
    *("wasser reichen", "höchsten tönen", "liga für sich", "eigenen liga", "nase vorn", "seinesgleichen"),
    *("in aller munde", "sprachlos", "league of our own", "comes close", "come close", "sky is the limit"),
    *("next big thing", "hold a candle", "steal the show", "second to none", "shining star", "rising star"),
)
