package org.cudaconvnet.golden.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;

/** The report in the XML of JUnit: one suite per device, one test case per golden case. */
public final class JUnitReport {
    private JUnitReport() {
    }

    public static void write(List<DeviceRun> runs, Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuites");
            for (DeviceRun run : runs) {
                writeSuite(xml, run);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        ReportFile.write(file, bytes.toByteArray());
    }

    private static void writeSuite(XMLStreamWriter xml, DeviceRun run) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "golden check " + run.device());
        xml.writeAttribute("tests", Integer.toString(run.results().size()));
        xml.writeAttribute("failures", Long.toString(run.count(Status.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(run.count(Status.SKIPPED)));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", run.seconds()));
        for (CaseResult result : run.results()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", (result.set() + "." + result.operation()).replace('/', '.'));
            xml.writeAttribute("name", result.name());
            if (result.status() != Status.PASSED) {
                xml.writeStartElement(result.status() == Status.FAILED ? "failure" : "skipped");
                xml.writeAttribute("message", result.message().lines().findFirst().orElse(""));
                xml.writeCharacters(result.message());
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
