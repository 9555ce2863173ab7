package course.server;

import course.contract.ServerContract;
import java.io.IOException;

class ContractTest extends ServerContract {
  @Override
  protected RunningServer start(ServerContract.Work work) throws IOException {
    return TestServer.start(work::on);
  }
}
