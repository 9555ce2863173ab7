package course.server;

import course.contract.ProcessContract;

class ProcessIT extends ProcessContract {}
