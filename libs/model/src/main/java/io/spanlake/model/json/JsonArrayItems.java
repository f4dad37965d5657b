package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;

/** The items of one JSON array, as ranges of its bytes. */
public final class JsonArrayItems {
    private JsonArrayItems() {}

    /**
     * @param array one array that {@link JsonCheck} has accepted
     * @throws JsonFormatException where quotes, brackets or commas do not stand as in an array
     */
    public static List<ByteSlice> of(ByteSlice array) {
        var items = new ArrayList<ByteSlice>();
        byte[] bytes = array.array();
        int end = array.offset() + array.length();
        var scan = new JsonScan(bytes, array.offset(), end);
        int at = scan.afterSpace(scan.expect(scan.afterSpace(array.offset()), '['));
        boolean empty = at < end && bytes[at] == ']';
        while (!empty) {
            int itemEnd = scan.afterValue(at);
            items.add(ByteSlice.of(bytes, at, itemEnd - at));
            at = scan.afterSpace(itemEnd);
            if (at >= end || bytes[at] != ',') {
                break;
            }
            at = scan.afterSpace(at + 1);
        }
        int rest = scan.afterSpace(scan.expect(at, ']'));
        if (rest != end) {
            throw scan.fault("more than one value", rest);
        }
        return items;
    }
}
