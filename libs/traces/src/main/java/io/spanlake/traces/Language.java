package io.spanlake.traces;

import java.util.List;

/**
 * The words of one language, enough of them for sentences that differ.
 *
 * @param gap  what stands between words
 * @param stop what ends a sentence
 */
record Language(
        String code,
        String gap,
        String stop,
        List<String> subjects,
        List<String> verbs,
        List<String> objects,
        List<String> circumstances) {
    static final Language ENGLISH = new Language(
            "en",
            " ",
            ".",
            List.of(
                    "The customer",
                    "The agent",
                    "This order",
                    "Our policy",
                    "The last reply",
                    "Nobody",
                    "The system",
                    "Your account",
                    "The second attempt",
                    "A colleague"),
            List.of(
                    "changes",
                    "cannot find",
                    "asks for",
                    "confirms",
                    "refunds",
                    "has already sent",
                    "looks up",
                    "needs to cancel",
                    "compares",
                    "explains",
                    "rewrites",
                    "would like to book"),
            List.of(
                    "the invoice",
                    "a reservation",
                    "the test suite",
                    "a missing file",
                    "the search results",
                    "the shipping address",
                    "a discount code",
                    "the weather report",
                    "the database index",
                    "a long document"),
            List.of(
                    "before noon",
                    "without any reason",
                    "because the tool failed",
                    "in the second step",
                    "as the user wanted",
                    "after three retries",
                    "with all details"));

    static final Language JAPANESE = new Language(
            "ja",
            "",
            "。",
            List.of("お客様は", "担当者は", "この注文は", "前の回答は", "システムは", "私たちは", "最初の結果は"),
            List.of("変更を希望する", "確認が必要な", "見つからない", "送信済みの", "比較された", "説明できる"),
            List.of("請求書 番号", "予約 内容", "検索 結果", "住所 情報", "文書 一式", "天気 予報"),
            List.of("明日まで", "理由なく", "三回試した後に", "詳しく", "次の手順で"));

    static final Language GERMAN = new Language(
            "de",
            " ",
            ".",
            List.of(
                    "Die Kundin",
                    "Der Agent",
                    "Diese Bestellung",
                    "Unsere Regel",
                    "Die letzte Antwort",
                    "Niemand",
                    "Das System"),
            List.of("ändert", "findet nicht", "bestätigt", "erstattet", "prüft", "vergleicht", "überträgt"),
            List.of(
                    "die Rechnung",
                    "eine Buchung",
                    "die Prüfungsergebnisse",
                    "den Lieferschein",
                    "das Wörterbuch",
                    "die Straßenkarte"),
            List.of("vor dem Mittag", "ohne Begründung", "nach drei Versuchen", "im zweiten Schritt"));

    static final Language SPANISH = new Language(
            "es",
            " ",
            ".",
            List.of("La clienta", "El agente", "Este pedido", "Nuestra política", "La última respuesta", "Nadie"),
            List.of("cambia", "no encuentra", "confirma", "devuelve", "compara", "explica"),
            List.of("la factura", "una reserva", "los resultados", "la dirección", "el año pasado", "un documento"),
            List.of("antes del mediodía", "sin razón", "después de tres intentos", "en el segundo paso"));

    static final Language ARABIC = new Language(
            "ar",
            " ",
            ".",
            List.of("العميل", "الوكيل", "هذا الطلب", "النظام", "الرد الأخير"),
            List.of("يغير", "لا يجد", "يؤكد", "يقارن", "يشرح"),
            List.of("الفاتورة الأولى", "الحجز الجديد", "نتائج البحث", "عنوان الشحن"),
            List.of("قبل الظهر", "بدون سبب", "بعد ثلاث محاولات"));

    static final Language CHINESE = new Language(
            "zh",
            "",
            "。",
            List.of("客户", "代理", "这个订单", "系统", "上一个回答", "我们"),
            List.of("需要修改", "找不到", "已经确认", "正在比较", "可以解释"),
            List.of("发票 号码", "预订 信息", "搜索 结果", "收货 地址", "测试 报告"),
            List.of("在中午之前", "没有理由", "重试三次以后", "在第二步"));

    static final Language HINDI = new Language(
            "hi",
            " ",
            "।",
            List.of("ग्राहक", "एजेंट", "यह आदेश", "प्रणाली", "पिछला उत्तर"),
            List.of("बदलता है", "नहीं मिला", "पुष्टि करता है", "समझाता है"),
            List.of("बीजक संख्या", "आरक्षण विवरण", "खोज परिणाम", "पता जानकारी"),
            List.of("दोपहर से पहले", "बिना कारण", "तीन प्रयासों के बाद"));

    static final List<Language> ALL = List.of(ENGLISH, JAPANESE, GERMAN, SPANISH, ARABIC, CHINESE, HINDI);

    Language {
        subjects = List.copyOf(subjects);
        verbs = List.copyOf(verbs);
        objects = List.copyOf(objects);
        circumstances = List.copyOf(circumstances);
    }
}
