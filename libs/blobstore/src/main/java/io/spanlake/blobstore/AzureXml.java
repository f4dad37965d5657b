package io.spanlake.blobstore;

import com.azure.xml.XmlReader;
import com.azure.xml.XmlWriter;
import java.io.StringWriter;
import javax.xml.stream.XMLStreamException;

/** The client's XML classes read files of the JDK when they are first used, which must not happen on an event loop. */
final class AzureXml {
    private AzureXml() {}

    /** Uses each once. Blocks. */
    static void load() {
        try (var reader = XmlReader.fromString("<loaded/>");
                var writer = XmlWriter.toWriter(new StringWriter())) {
            reader.nextElement();
            writer.writeStartDocument()
                    .writeStartElement("loaded")
                    .writeEndElement()
                    .flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the XML classes of the JDK do not work: " + e.getMessage(), e);
        }
    }
}
