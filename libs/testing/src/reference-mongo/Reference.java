import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

/** mongo-java-server in memory, telling today's drivers a wire version they accept. Ends when its input closes. */
public class Reference {
    record Version(List<Integer> versionArray, int wireVersion) implements MongoVersion {
        public List<Integer> getVersionArray() { return versionArray; }
        public int getWireVersion() { return wireVersion; }
    }

    public static void main(String[] arguments) throws Exception {
        MongoServer server = new MongoServer(H2Backend.inMemory().version(new Version(List.of(6, 0, 0), 17)));
        System.out.println(server.bindAndGetConnectionString());
        System.in.read();
        server.shutdownNow();
    }
}
